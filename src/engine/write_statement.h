// A write request as DuckDB's COPY of its rows into files of one folder.
#pragma once

#include "duckdb/parser/statement/copy_statement.hpp"
#include "engine/engine.h"

namespace pyrite::engine {

// The last column of the copied rows where files have a largest size: which file of its folder a
// row goes to, by the row_number() of a window. It becomes the name of a folder.
inline constexpr char kFileNumber[] = "__pyrite_file_number";

bool LimitsFiles(const WriteRequest& request);

// Into the file `folder`/rows, or into folders below `folder` as `PARTITION_BY` makes them.
duckdb::unique_ptr<duckdb::CopyStatement> MakeCopy(const WriteRequest& request,
                                                   const std::string& folder,
                                                   const std::string& time_zone);

// ".snappy.parquet"
std::string FileSuffix(const WriteRequest& request);

}  // namespace pyrite::engine
