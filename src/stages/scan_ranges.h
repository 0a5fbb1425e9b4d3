// Parquet scans cut by ranges of a column, so that rows with equal values are in one task without
// any of them moving. It pays when the files' row groups lie in the order of the column.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "duckdb/planner/operator/logical_get.hpp"
#include "stages/distribution.h"
#include "stages/scan_slices.h"

namespace pyrite::stages {

// The values of a column in one row group.
struct GroupRange {
  size_t file = 0;  // of the scan's files
  int64_t least = 0;
  int64_t most = 0;
  int64_t bytes = 0;
};

// One scan's row groups by a column.
struct ScanRanges {
  duckdb::ProjectionIndex column;
  duckdb::LogicalType type;
  std::string name;
  std::vector<std::string> files;
  std::vector<GroupRange> groups;

  int64_t bytes() const;
};

// None when the footers do not say, for each row group, its least and most value, or when some
// rows have none.
std::optional<ScanRanges> RangesOf(const duckdb::LogicalGet& get, duckdb::ProjectionIndex column);

// Bounds between `count` tasks of about the same number of bytes; null when there are none.
Bounds BoundsOf(const ScanRanges& ranges, int count);

// Whether no task that is cut at `bounds` reads more than `most` times an even share. Row groups on
// a bound are read by both tasks.
bool IsEven(const ScanRanges& ranges, const std::vector<int64_t>& bounds, double most);

std::vector<ScanSlice> SliceByRanges(const ScanRanges& ranges, const std::vector<int64_t>& bounds);

}  // namespace pyrite::stages
