#include "stages/group_range.h"

#include <parquet/metadata.h>
#include <parquet/schema.h>
#include <parquet/statistics.h>
#include <parquet/types.h>

namespace pyrite::stages {
namespace {

template <typename T>
ValueRange RangeIn(const parquet::Statistics& statistics) {
  const auto& typed = static_cast<const parquet::TypedStatistics<T>&>(statistics);
  return {typed.min(), typed.max()};
}

bool HoldsValuesOf(const duckdb::LogicalType& type, const parquet::ColumnDescriptor& leaf) {
  const auto& stored = leaf.logical_type();
  if (type.id() == duckdb::LogicalTypeId::DATE) return stored->is_date();
  if (stored->is_int()) return static_cast<const parquet::IntLogicalType&>(*stored).is_signed();
  return stored->is_none() && leaf.converted_type() == parquet::ConvertedType::NONE;
}

}  // namespace

int LeafOf(const parquet::FileMetaData& footer, const std::string& column,
           const duckdb::LogicalType& type) {
  const auto& root = *footer.schema()->group_node();
  int field = root.FieldIndex(column);
  if (field < 0 || !root.field(field)->is_primitive() || root.field(field)->is_repeated())
    return -1;
  int leaf = footer.schema()->ColumnIndex(*root.field(field));
  return HoldsValuesOf(type, *footer.schema()->Column(leaf)) ? leaf : -1;
}

std::optional<ValueRange> RangeOf(const parquet::RowGroupMetaData& group, int leaf) {
  auto statistics = group.ColumnChunk(leaf)->statistics();
  if (statistics == nullptr || !statistics->HasMinMax() || !statistics->HasNullCount() ||
      statistics->null_count() > 0) {
    return std::nullopt;
  }
  if (statistics->physical_type() == parquet::Type::INT32) {
    return RangeIn<parquet::Int32Type>(*statistics);
  }
  if (statistics->physical_type() == parquet::Type::INT64) {
    return RangeIn<parquet::Int64Type>(*statistics);
  }
  return std::nullopt;
}

duckdb::Value ValueOf(const duckdb::LogicalType& type, int64_t value) {
  if (type.id() == duckdb::LogicalTypeId::DATE) {
    return duckdb::Value::DATE(duckdb::date_t(static_cast<int32_t>(value)));
  }
  return duckdb::Value::Numeric(type, value);
}

}  // namespace pyrite::stages
