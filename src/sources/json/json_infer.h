// The schema of JSON records by their values, by the rules of Spark's JsonInferSchema. An inference
// belongs to one thread; those of parts of the data are merged.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "base/types.h"
#include "sources/json/json_document.h"
#include "sources/json/json_options.h"
#include "sources/text/datetime_reader.h"

namespace pyrite::sources {

// A type in the making.
struct JsonShape {
  enum class Kind : uint8_t {
    kNull,
    kBoolean,
    kLong,
    kDecimal,
    kDouble,
    kTimestamp,
    kNtz,
    kString,
    kArray,
    kObject
  };
  Kind kind = Kind::kNull;
  int precision = 0;  // of decimals
  int scale = 0;
  std::unique_ptr<JsonShape> element;                        // of arrays
  std::map<std::string, std::unique_ptr<JsonShape>> fields;  // of objects
};

class JsonInference {
 public:
  JsonInference(const JsonOptions& json, bool infers_ntz);

  void Add(const JsonNodes& nodes);
  void AddMalformed() { has_malformed_ = true; }
  void Merge(JsonInference&& other);
  // Of one value, whatever it is; STRING for nothing but null.
  DataType TypeOf(const JsonNodes& nodes) const {
    return ToType(ShapeOf(nodes, 0)).value_or(DataType::String());
  }
  // Columns by name; that for malformed records among them if there were any.
  Schema ToSchema() const;

 private:
  JsonShape ShapeOf(const JsonNodes& nodes, uint32_t at) const;
  JsonShape ShapeOfText(const JsonNode& node) const;
  JsonShape ShapeOfNumber(const JsonNode& node) const;
  void MergeInto(JsonShape& shape, JsonShape other) const;
  std::optional<DataType> ToType(const JsonShape& shape) const;

  const JsonOptions& json_;
  bool infers_ntz_;
  DatetimeReader datetimes_;
  JsonShape root_;
  bool has_malformed_ = false;
};

}  // namespace pyrite::sources
