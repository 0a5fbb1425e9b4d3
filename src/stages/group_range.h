// What a Parquet footer says of a column's values in one row group.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "duckdb/common/types/value.hpp"

namespace parquet {
class FileMetaData;
class RowGroupMetaData;
}  // namespace parquet

namespace pyrite::stages {

struct ValueRange {
  int64_t least = 0;
  int64_t most = 0;
};

// The place among a file's leaves of its own column of that name, when the statistics are values of
// `type` as they stand; -1: they are not, or there is none.
int LeafOf(const parquet::FileMetaData& footer, const std::string& column,
           const duckdb::LogicalType& type);

// None when the footer does not say, or when some rows have no value.
std::optional<ValueRange> RangeOf(const parquet::RowGroupMetaData& group, int leaf);

duckdb::Value ValueOf(const duckdb::LogicalType& type, int64_t value);

}  // namespace pyrite::stages
