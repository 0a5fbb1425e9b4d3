// JSON values into vectors of any type.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/types.h"
#include "duckdb.hpp"
#include "sources/json/json_document.h"
#include "sources/json/json_options.h"
#include "sources/text/datetime_reader.h"

namespace pyrite::lower {

struct JsonContext {
  explicit JsonContext(const sources::JsonOptions& json) : json(json), datetimes(json.text) {}
  sources::JsonOptions json;
  sources::DatetimeReader datetimes;
};

// How a value of a type is written, with its parts.
struct JsonCell {
  DataType type;
  const JsonContext* context = nullptr;
  std::vector<JsonCell> parts;     // element; key and value; fields
  std::vector<std::string> names;  // of a struct's fields

  // kPartial: something inside did not fit and is NULL. kBad: the value is NULL as a whole.
  enum class Outcome : uint8_t { kOk, kPartial, kBad };
  // Writes node `at` into the row. After kBad the row holds anything.
  Outcome Put(const sources::JsonNodes& nodes, uint32_t at, duckdb::Vector& vector,
              duckdb::idx_t row) const;

  // The fields of the object at `at` into a vector each (nullptr: not wanted); missing ones are
  // NULL.
  Outcome PutFields(const sources::JsonNodes& nodes, uint32_t at,
                    const std::vector<duckdb::Vector*>& vectors, duckdb::idx_t row) const;
};

// Raises UNSUPPORTED_FEATURE for a type that has no reader.
JsonCell BindJsonCell(const DataType& type, const JsonContext& context);

}  // namespace pyrite::lower
