// Scans cut into one slice a task: Parquet by file, and below that by row group; other
// files by file and by ranges of bytes; range() by number.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "duckdb/planner/operator/logical_get.hpp"
#include "lower/files/file_scan_data.h"

namespace pyrite::stages {

// Files, or row groups [first, last) of one file, or of all files the rows whose column lies
// between [from, to).
struct ScanSlice {
  std::vector<std::string> files;
  bool whole = true;
  int64_t first_group = 0;
  int64_t last_group = 0;
  std::optional<duckdb::ProjectionIndex> column;
  std::optional<duckdb::Value> from;
  std::optional<duckdb::Value> to;
  duckdb::vector<duckdb::Value> numbers;  // of a range(): its arguments
  lower::FileParts parts;                 // of other files

  bool IsEmpty() const { return files.empty() && numbers.empty() && parts.empty(); }
};

std::vector<std::string> FilesOf(const duckdb::LogicalGet& get);
// Bytes; 0 for a file that is gone.
std::vector<int64_t> SizesOf(const std::vector<std::string>& files);
bool IsParquet(const duckdb::LogicalGet& get);
// range(start, end, step)
bool IsNumbers(const duckdb::LogicalGet& get);
// Whether the leaf is one of these and can be cut.
bool CanSlice(const duckdb::LogicalGet& get);
// All that the leaf scans, of a Parquet scan.
ScanSlice WholeScan(const duckdb::LogicalGet& get);

// The scan in `count` slices of about the same number of bytes, or of numbers, in the order of the
// files; some are empty when there is less to read than that.
std::vector<ScanSlice> SliceScan(const duckdb::LogicalGet& get, int count);

// Narrows the leaf, and what of it travels, to one slice while it lives. A Parquet scan travels as
// its arguments, and is bound again from them: by then filters may have left out some of the files.
class SlicedScan {
 public:
  SlicedScan(duckdb::LogicalGet& get, const ScanSlice& slice);
  ~SlicedScan();
  SlicedScan(const SlicedScan&) = delete;
  SlicedScan& operator=(const SlicedScan&) = delete;

 private:
  duckdb::LogicalGet& get_;
  duckdb::vector<duckdb::Value> parameters_;
  duckdb::vector<duckdb::ColumnIndex> columns_;
  duckdb::vector<duckdb::ProjectionIndex> projection_;
  duckdb::unique_ptr<duckdb::TableFilterSet> filters_;
  duckdb::unique_ptr<duckdb::FunctionData> bind_data_;  // of the whole scan; null: it stands
};

}  // namespace pyrite::stages
