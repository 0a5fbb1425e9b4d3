// Fields of CSV records into vectors.
#pragma once

#include <string_view>

#include "base/types.h"
#include "duckdb.hpp"
#include "duckdb/common/types/string_heap.hpp"
#include "sources/csv/csv_lines.h"
#include "sources/csv/csv_options.h"
#include "sources/text/datetime_reader.h"

namespace pyrite::lower {

// A column being filled: what a vector is asked for once, not with every value.
struct CsvTarget {
  explicit CsvTarget(duckdb::Vector& vector);

  template <typename T>
  void Put(duckdb::idx_t row, T value) const {
    reinterpret_cast<T*>(data)[row] = value;
    if (!validity->CannotHaveNull()) validity->SetValid(row);
  }
  void PutNull(duckdb::idx_t row) const { validity->SetInvalid(row); }

  duckdb::data_ptr_t data;
  duckdb::ValidityMask* validity;
  duckdb::StringHeap* heap = nullptr;  // of texts
};

struct CsvContext {
  explicit CsvContext(const sources::CsvOptions& csv) : csv(csv), datetimes(csv.text) {}
  sources::CsvOptions csv;
  sources::DatetimeReader datetimes;
};

struct CsvCell {
  DataType type;
  const CsvContext* context = nullptr;
  // False: the field does not fit the type.
  bool (*put)(const CsvCell& cell, std::string_view field, const CsvTarget& target,
              duckdb::idx_t row) = nullptr;
  // The field at a place of each record, from `row` on. False: one of them does not fit, what
  // stands behind it is not there.
  bool (*put_all)(const CsvCell& cell, size_t place, sources::CsvLines& lines,
                  const CsvTarget& target, duckdb::idx_t row) = nullptr;
};

// Raises UNSUPPORTED_FEATURE for a type that has no reader.
CsvCell BindCsvCell(const DataType& type, const CsvContext& context);

}  // namespace pyrite::lower
