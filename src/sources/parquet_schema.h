// What Spark makes of a Parquet file's schema (its ParquetToSparkSchemaConverter).
//
//   Schema schema = ToSparkSchema(*metadata, ParquetTypeRules::From(configuration));
//
// Raises PARQUET_TYPE_ILLEGAL, PARQUET_TYPE_NOT_SUPPORTED, PARQUET_TYPE_NOT_RECOGNIZED and
// DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION.
#pragma once

#include "base/configuration.h"
#include "base/types.h"

namespace parquet {
class FileMetaData;
}

namespace pyrite::sources {

struct ParquetTypeRules {
  bool binary_as_string = false;
  bool int96_as_timestamp = true;
  bool infer_timestamp_ntz = true;
  bool nanos_as_long = false;
  bool time_type = false;

  // Different for different rules.
  std::string Text() const;
  static ParquetTypeRules From(const Configuration& configuration);
};

// The schema that Spark itself left in the file's metadata when there is one, else the converted
// one. As every file source's, it is nullable throughout.
Schema ToSparkSchema(const parquet::FileMetaData& metadata, const ParquetTypeRules& rules);

}  // namespace pyrite::sources
