// Streams in plans. A stream is a FileScan that has no files yet, under a format of its own kind:
// it never runs. What runs is a batch, with the rows that have come in its place (streaming/).
#pragma once

#include <string>

#include "plan/relation.h"

namespace pyrite::plan {

inline constexpr char kStreamPrefix[] = "stream:";

inline RelationPtr MakeStreamScan(const std::string& format, Options options,
                                  std::vector<std::string> paths, Columns output) {
  FileScan scan;
  scan.format = kStreamPrefix + format;
  scan.options = std::move(options);
  scan.root_paths = std::move(paths);
  for (const Column& column : output) scan.file_column_names.push_back(column.name);
  return MakeRelation(std::move(scan), std::move(output));
}

// nullptr for what is no stream.
inline const FileScan* AsStreamScan(const Relation& relation) {
  const auto* scan = relation.TryAs<FileScan>();
  return scan != nullptr && scan->format.starts_with(kStreamPrefix) ? scan : nullptr;
}

// "rate", "parquet", ...
inline std::string StreamFormat(const FileScan& stream) {
  return stream.format.substr(sizeof(kStreamPrefix) - 1);
}

}  // namespace pyrite::plan
