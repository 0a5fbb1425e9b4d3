#include "stages/scan_ranges.h"

#include <parquet/metadata.h>

#include <algorithm>

#include "sources/parquet_footer.h"
#include "stages/group_range.h"

namespace pyrite::stages {
namespace {

constexpr double kMostOfShare = 1.3;
constexpr size_t kMostFiles = 256;  // whose footers are read for it

bool AddFile(const std::string& file, size_t number, ScanRanges& ranges) {
  auto footer = sources::ReadFooter(file);
  int leaf = LeafOf(*footer, ranges.name, ranges.type);
  if (leaf < 0) return false;
  for (int i = 0; i < footer->num_row_groups(); ++i) {
    auto group = footer->RowGroup(i);
    if (group->num_rows() == 0) continue;
    auto range = RangeOf(*group, leaf);
    if (!range) return false;
    ranges.groups.push_back({number, range->least, range->most, group->total_byte_size()});
  }
  return true;
}

bool Meets(const GroupRange& group, const std::vector<int64_t>& bounds, size_t task) {
  bool begins_before_end = task == bounds.size() || group.least < bounds[task];
  bool ends_after_start = task == 0 || group.most >= bounds[task - 1];
  return begins_before_end && ends_after_start;
}

}  // namespace

int64_t ScanRanges::bytes() const {
  int64_t sum = 0;
  for (const GroupRange& group : groups) sum += group.bytes;
  return sum;
}

bool HasRanges(const duckdb::LogicalType& type) {
  switch (type.id()) {
    case duckdb::LogicalTypeId::TINYINT:
    case duckdb::LogicalTypeId::SMALLINT:
    case duckdb::LogicalTypeId::INTEGER:
    case duckdb::LogicalTypeId::BIGINT:
    case duckdb::LogicalTypeId::DATE: return true;
    default: return false;
  }
}

std::optional<ScanRanges> RangesOf(const duckdb::LogicalGet& get, duckdb::ProjectionIndex column) {
  const duckdb::ColumnIndex& index = get.GetColumnIds()[column.GetIndex()];
  ScanRanges ranges{column,
                    get.GetColumnType(index),
                    get.GetColumnName(index).GetIdentifierName(),
                    FilesOf(get),
                    {}};
  if (!HasRanges(ranges.type) || ranges.files.size() > kMostFiles) return std::nullopt;
  for (size_t i = 0; i < ranges.files.size(); ++i) {
    if (!AddFile(ranges.files[i], i, ranges)) return std::nullopt;
  }
  return ranges;
}

Bounds BoundsOf(const ScanRanges& ranges, int count) {
  std::vector<GroupRange> groups = ranges.groups;
  std::sort(groups.begin(), groups.end(),
            [](const auto& a, const auto& b) { return a.least < b.least; });
  auto share = static_cast<double>(ranges.bytes()) / count;
  std::vector<int64_t> bounds;
  double before = 0;
  for (const GroupRange& group : groups) {
    auto bytes = static_cast<double>(group.bytes);
    // The next task begins with the row group whose middle lies in its share.
    double end = share * static_cast<double>(bounds.size() + 1);
    bool is_last = static_cast<int>(bounds.size()) + 1 == count;
    if (!is_last && before + bytes / 2 >= end) bounds.push_back(group.least);
    before += bytes;
  }
  if (static_cast<int>(bounds.size()) + 1 != count) return nullptr;
  bool are_apart =
      std::adjacent_find(bounds.begin(), bounds.end(), std::greater_equal<>()) == bounds.end();
  if (!are_apart || !IsEven(ranges, bounds, kMostOfShare)) return nullptr;
  return std::make_shared<const std::vector<int64_t>>(std::move(bounds));
}

bool IsEven(const ScanRanges& ranges, const std::vector<int64_t>& bounds, double most) {
  size_t tasks = bounds.size() + 1;
  double share = static_cast<double>(ranges.bytes()) / static_cast<double>(tasks);
  for (size_t task = 0; task < tasks; ++task) {
    double read = 0;
    for (const GroupRange& group : ranges.groups) {
      if (Meets(group, bounds, task)) read += static_cast<double>(group.bytes);
    }
    if (read > share * most) return false;
  }
  return true;
}

std::vector<ScanSlice> SliceByRanges(const ScanRanges& ranges, const std::vector<int64_t>& bounds) {
  std::vector<ScanSlice> slices(bounds.size() + 1);
  for (size_t task = 0; task < slices.size(); ++task) {
    ScanSlice& slice = slices[task];
    slice.column = ranges.column;
    if (task > 0) slice.from = ValueOf(ranges.type, bounds[task - 1]);
    if (task < bounds.size()) slice.to = ValueOf(ranges.type, bounds[task]);
    for (const GroupRange& group : ranges.groups) {
      const std::string& file = ranges.files[group.file];
      bool is_new = slice.files.empty() || slice.files.back() != file;
      if (is_new && Meets(group, bounds, task)) slice.files.push_back(file);
    }
  }
  return slices;
}

}  // namespace pyrite::stages
