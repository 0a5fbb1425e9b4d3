// Errors of the formats that are read row by row.
#pragma once

#include <string>

#include "base/error.h"
#include "base/types.h"

namespace pyrite::sources {

inline SparkError MalformedCsvRecord(const std::string& record) {
  return SparkError("MALFORMED_CSV_RECORD", {{"badRecord", record}});
}

// What ends the reading of a file; Spark's cause does not reach its clients.
inline SparkError CannotReadFile(const std::string& path, const std::string& reason) {
  return SparkError("FAILED_READ_FILE.NO_HINT", {{"path", "file://" + path}, {"reason", reason}});
}

inline SparkError MissingFile(const std::string& path) {
  return SparkError("FAILED_READ_FILE.FILE_NOT_EXIST", {{"path", "file://" + path}});
}

// A record that does not fit, with the option mode FAILFAST.
inline SparkError MalformedRecord(const std::string& path, const std::string& record) {
  return CannotReadFile(path, "malformed record: " + record);
}

// The column for malformed records must be a STRING that may be NULL.
inline void CheckCorruptColumn(const DataType& type) {
  if (!type.Is(TypeKind::kString)) throw SparkError("INVALID_CORRUPT_RECORD_TYPE", {});
}

inline SparkError OnlyCorruptColumn() {
  return SparkError("UNSUPPORTED_FEATURE.QUERY_ONLY_CORRUPT_RECORD_COLUMN", {});
}

}  // namespace pyrite::sources
