// What Spark refuses to write into files.
//
//   sources::CheckWrite("parquet", schema, partition_columns, configuration.case_sensitive());
//
// Raises EMPTY_SCHEMA_NOT_SUPPORTED_FOR_DATASOURCE, COLUMN_ALREADY_EXISTS,
// UNSUPPORTED_DATA_TYPE_FOR_DATASOURCE, ALL_PARTITION_COLUMNS_NOT_ALLOWED,
// INVALID_PARTITION_COLUMN_DATA_TYPE and, for a partition column that is not there,
// _LEGACY_ERROR_TEMP_1155. Thread-safe.
#pragma once

#include <string>
#include <vector>

#include "base/types.h"
#include "plan/relation.h"

namespace pyrite::sources {

// DATA_SOURCE_NOT_FOUND for a format that Spark does not have; for one that is not written yet,
// what Spark itself asks of it, else UNSUPPORTED_FEATURE.
void CheckWritableFormat(const std::string& format, const plan::Options& options);

void CheckWrite(const std::string& format, const Schema& schema,
                const std::vector<std::string>& partition_columns, bool case_sensitive);

// The codec's name in files' names (".gz") and in Parquet's own terms ("gzip").
struct ParquetCodec {
  std::string name;
  std::string file_suffix;
};
// Raises CODEC_NOT_AVAILABLE.
ParquetCodec FindParquetCodec(const std::string& name);

}  // namespace pyrite::sources
