// Formats: what files a path means, their schema, and the scan that reads them.
//
//   plan::RelationPtr scan = sources::Resolve({.format = "parquet", .paths = {"/data/t"}},
//   context);
//
// Thread-safe. Raises PATH_NOT_FOUND, UNABLE_TO_INFER_SCHEMA, DATA_SOURCE_NOT_FOUND and the
// conditions of each format's options, all with the path named.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/configuration.h"
#include "plan/relation.h"
#include "sources/options.h"

namespace pyrite::sources {

struct ReadRequest {
  std::string format;
  std::optional<DataType> schema;  // a struct; absent: inferred
  plan::Options options;           // keys in any case
  std::vector<std::string> paths;  // files, folders, globs; a "file:" prefix is allowed
  bool shows_metadata = false;     // the scan's last column is `_metadata`
  bool may_be_missing = false;     // a path that is not there has no rows: a table's
};

// What Spark itself asks of formats that Pyrite does not have yet: XML_ROW_TAG_MISSING, a JDBC url.
void CheckForeignFormat(const std::string& format, const Options& options);

// A FileScan (with columns of new ids) under whatever projection the format needs.
plan::RelationPtr Resolve(const ReadRequest& request, const Configuration& configuration);

}  // namespace pyrite::sources
