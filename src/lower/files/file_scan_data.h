// What a call of the table function that reads files row by row (file_scan.h) is bound to: a scan,
// and which parts of its files. It travels to other processes.
#pragma once

#include <optional>
#include <vector>

#include "duckdb.hpp"
#include "duckdb/planner/operator/logical_get.hpp"
#include "plan/relation.h"
#include "sources/text/file_parts.h"

namespace pyrite::lower {

using FileParts = std::vector<sources::NumberedPart>;

struct FileScanData : public duckdb::TableFunctionData {
  explicit FileScanData(plan::RelationPtr scan, std::optional<FileParts> parts = std::nullopt)
      : scan(std::move(scan)), parts(std::move(parts)) {}

  plan::RelationPtr scan;
  std::optional<FileParts> parts;  // none: all of all files
};

// Null: the leaf is no call of the function.
const FileScanData* FileScanOf(const duckdb::LogicalGet& get);
// Its parts in their order, cut so that `count` readers have about as much to do each.
FileParts PartsFor(const FileScanData& data, int count);
int64_t BytesOf(const sources::NumberedPart& part, const plan::Relation& scan);
// The scan of some of its parts alone; without any it has no rows.
duckdb::unique_ptr<FileScanData> ScanOfParts(const FileScanData& data, const FileParts& parts);

void SerializeFileScan(duckdb::Serializer& serializer,
                       duckdb::optional_ptr<duckdb::FunctionData> data,
                       const duckdb::BoundTableFunction& function);
duckdb::unique_ptr<duckdb::FunctionData> DeserializeFileScan(duckdb::Deserializer& deserializer,
                                                             duckdb::BoundTableFunction& function);

}  // namespace pyrite::lower
