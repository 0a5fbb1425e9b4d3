// The table function that reads every format but Parquet: its files are cut into parts that threads
// take one after the other; only the columns asked for are made.
#pragma once

#include "duckdb.hpp"
#include "plan/relation.h"

namespace duckdb {
class ExtensionLoader;
}

namespace pyrite::lower {

inline constexpr char kFileScanFunction[] = "pyrite_file_scan";

// What a call of the function reads: travels as the table reference's bind_info.
struct FileScanInfo : public duckdb::TableFunctionInfo {
  explicit FileScanInfo(plan::RelationPtr scan) : scan(std::move(scan)) {}
  plan::RelationPtr scan;
};

void RegisterFileScan(duckdb::ExtensionLoader& loader);

}  // namespace pyrite::lower
