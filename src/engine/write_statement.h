// A write request as DuckDB's COPY of its rows into files of one folder.
#pragma once

#include "duckdb/parser/statement/copy_statement.hpp"
#include "engine/engine.h"

namespace pyrite::engine {

// What the copied rows have beside the data, and what becomes the name of a folder. First the
// number of the file by WriteRequest::files; last, where files have a largest size, which file a
// row goes to by the row_number() of a window.
inline constexpr char kNumberedFile[] = "__pyrite_file_numbered";
inline constexpr char kFileNumber[] = "__pyrite_file_number";
inline constexpr char kFileFolders[] = "__pyrite_file_";  // how both begin

bool LimitsFiles(const WriteRequest& request);
// Whether the rows say which file they are of.
bool NumbersFiles(const WriteRequest& request);
// Either; without rows there is no file then.
bool ChoosesFiles(const WriteRequest& request);

// The partition column as the user spells it, which names folders; null: the column is none.
const std::string* PartitionName(const WriteRequest& request, const std::string& column);

// Those of the data, partition columns among them.
plan::Columns DataColumns(const WriteRequest& request);

// Into the file `folder`/rows, or into folders below `folder` as `PARTITION_BY` makes them.
duckdb::unique_ptr<duckdb::CopyStatement> MakeCopy(const WriteRequest& request,
                                                   const std::string& folder,
                                                   const std::string& time_zone);

// ".snappy.parquet"
std::string FileSuffix(const WriteRequest& request);

}  // namespace pyrite::engine
