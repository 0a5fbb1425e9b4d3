#include "stages/group_filter.h"

#include <parquet/metadata.h>

#include <algorithm>

#include "duckdb/planner/filter/expression_filter.hpp"
#include "duckdb/storage/statistics/base_statistics.hpp"
#include "sources/parquet_footer.h"
#include "stages/distribution.h"
#include "stages/group_range.h"

namespace pyrite::stages {

GroupFilter::GroupFilter(const duckdb::LogicalGet& get) {
  for (const auto& entry : get.table_filters) {
    if (entry.Filter().filter_type != duckdb::TableFilterType::EXPRESSION_FILTER) continue;
    const duckdb::ColumnIndex& index = get.GetColumnIds()[entry.GetIndex().GetIndex()];
    if (index.IsVirtualColumn() || index.HasChildren()) continue;
    const duckdb::LogicalType& type = get.GetColumnType(index);
    if (!HasRanges(type)) continue;
    columns_.push_back({get.GetColumnName(index).GetIdentifierName(), type, &entry.Filter()});
  }
}

std::vector<SizedGroup> GroupFilter::GroupsOf(const std::string& file) const {
  auto footer = sources::ReadFooter(file);
  std::vector<SizedGroup> groups;
  for (int i = 0; i < footer->num_row_groups(); ++i) {
    if (MayMatch(*footer, i)) groups.push_back({i, footer->RowGroup(i)->total_byte_size()});
  }
  return groups;
}

bool GroupFilter::MayMatch(const parquet::FileMetaData& footer, int group) const {
  return std::all_of(columns_.begin(), columns_.end(), [&](const Column& column) {
    int leaf = LeafOf(footer, column.name, column.type);
    if (leaf < 0) return true;
    auto range = RangeOf(*footer.RowGroup(group), leaf);
    if (!range) return true;
    auto statistics = duckdb::NumericStats::CreateUnknown(column.type);
    duckdb::NumericStats::SetMin(statistics, ValueOf(column.type, range->least));
    duckdb::NumericStats::SetMax(statistics, ValueOf(column.type, range->most));
    auto result = column.filter->Cast<duckdb::ExpressionFilter>().CheckStatistics(statistics);
    return result != duckdb::FilterPropagateResult::FILTER_ALWAYS_FALSE &&
           result != duckdb::FilterPropagateResult::FILTER_FALSE_OR_NULL;
  });
}

}  // namespace pyrite::stages
