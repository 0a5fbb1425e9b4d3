// Fields of CSV records into vectors.
#pragma once

#include <string_view>

#include "base/types.h"
#include "duckdb.hpp"
#include "sources/csv/csv_options.h"
#include "sources/text/datetime_reader.h"

namespace pyrite::lower {

struct CsvContext {
  explicit CsvContext(const sources::CsvOptions& csv) : csv(csv), datetimes(csv.text) {}
  sources::CsvOptions csv;
  sources::DatetimeReader datetimes;
};

struct CsvCell {
  DataType type;
  const CsvContext* context = nullptr;
  // False: the field does not fit the type.
  bool (*put)(const CsvCell& cell, std::string_view field, duckdb::Vector& vector,
              duckdb::idx_t row) = nullptr;
};

// Raises UNSUPPORTED_FEATURE for a type that has no reader.
CsvCell BindCsvCell(const DataType& type, const CsvContext& context);

}  // namespace pyrite::lower
