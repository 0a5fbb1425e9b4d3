#include "sources/json/json_infer.h"

#include <algorithm>

#include "base/errors.h"
#include "base/text/decimal_text.h"
#include "base/text/text_to_datetime.h"
#include "sources/text/java_number.h"

namespace pyrite::sources {
namespace {

using Kind = JsonShape::Kind;

constexpr int kLongDigits = 20;

JsonShape Of(Kind kind) {
  JsonShape shape;
  shape.kind = kind;
  return shape;
}

JsonShape Decimal(int precision, int scale) {
  JsonShape shape = Of(Kind::kDecimal);
  shape.precision = precision;
  shape.scale = scale;
  return shape;
}

}  // namespace

JsonInference::JsonInference(const JsonOptions& json, bool infers_ntz)
    : json_(json), infers_ntz_(infers_ntz), datetimes_(json.text) {}

JsonShape JsonInference::ShapeOfNumber(const JsonNode& node) const {
  if (json_.primitives_as_string) return Of(Kind::kString);
  if (node.kind == JsonKind::kInteger && JavaLong(node.text)) return Of(Kind::kLong);
  auto shape = JavaBigDecimal(node.text);
  if (!shape) return Of(Kind::kDouble);
  int64_t precision = std::max(shape->precision, shape->scale);
  bool fits = shape->scale >= 0 && precision <= kMaxDecimalPrecision;
  if (node.kind == JsonKind::kFraction && !json_.prefers_decimal) return Of(Kind::kDouble);
  if (!fits) return Of(Kind::kDouble);
  return Decimal(static_cast<int>(precision), static_cast<int>(shape->scale));
}

JsonShape JsonInference::ShapeOfText(const JsonNode& node) const {
  if (node.text.empty()) return Of(Kind::kNull);
  if (json_.prefers_decimal) {
    auto shape = JavaBigDecimal(node.text);
    if (shape && shape->scale >= 0) {
      int64_t precision = std::max(shape->precision, shape->scale);
      if (precision <= kMaxDecimalPrecision) {
        return Decimal(static_cast<int>(precision), static_cast<int>(shape->scale));
      }
    }
  }
  if (json_.infer_timestamp) {
    if (infers_ntz_ && datetimes_.TimestampNtz(node.text)) return Of(Kind::kNtz);
    if (datetimes_.StrictTimestamp(node.text)) return Of(Kind::kTimestamp);
  }
  return Of(Kind::kString);
}

JsonShape JsonInference::ShapeOf(const JsonNodes& nodes, uint32_t at) const {
  const JsonNode& node = nodes[at];
  switch (node.kind) {
    case JsonKind::kNull: return Of(Kind::kNull);
    case JsonKind::kTrue:
    case JsonKind::kFalse: return Of(json_.primitives_as_string ? Kind::kString : Kind::kBoolean);
    case JsonKind::kInteger:
    case JsonKind::kFraction: return ShapeOfNumber(node);
    case JsonKind::kString: return ShapeOfText(node);
    case JsonKind::kArray: {
      JsonShape shape = Of(Kind::kArray);
      shape.element = std::make_unique<JsonShape>();
      for (uint32_t i = at + 1; i < node.next; i = nodes[i].next) {
        MergeInto(*shape.element, ShapeOf(nodes, i));
      }
      return shape;
    }
    case JsonKind::kObject: break;
  }
  JsonShape shape = Of(Kind::kObject);
  for (uint32_t i = at + 1; i < node.next; i = nodes[i + 1].next) {
    auto& field = shape.fields[std::string(nodes[i].text)];
    JsonShape value = ShapeOf(nodes, i + 1);
    if (field) throw errors::ColumnAlreadyExists(std::string(nodes[i].text));
    field = std::make_unique<JsonShape>(std::move(value));
  }
  return shape;
}

void JsonInference::MergeInto(JsonShape& shape, JsonShape other) const {
  if (other.kind == Kind::kNull) return;
  if (shape.kind == Kind::kNull) {
    shape = std::move(other);
    return;
  }
  if (shape.kind == other.kind) {
    if (shape.kind == Kind::kArray) MergeInto(*shape.element, std::move(*other.element));
    if (shape.kind == Kind::kObject) {
      for (auto& [name, field] : other.fields) {
        auto& mine = shape.fields[name];
        if (!mine) {
          mine = std::move(field);
        } else {
          MergeInto(*mine, std::move(*field));
        }
      }
    }
    if (shape.kind == Kind::kDecimal) {
      int scale = std::max(shape.scale, other.scale);
      int range = std::max(shape.precision - shape.scale, other.precision - other.scale);
      shape =
          range + scale > kMaxDecimalPrecision ? Of(Kind::kDouble) : Decimal(range + scale, scale);
    }
    return;
  }
  const auto is = [&](Kind left, Kind right) {
    return (shape.kind == left && other.kind == right) ||
           (shape.kind == right && other.kind == left);
  };
  if (is(Kind::kLong, Kind::kDouble) || is(Kind::kDecimal, Kind::kDouble)) {
    shape = Of(Kind::kDouble);
  } else if (is(Kind::kLong, Kind::kDecimal)) {
    JsonShape decimal = shape.kind == Kind::kDecimal ? std::move(shape) : std::move(other);
    shape = Decimal(kLongDigits, 0);
    MergeInto(shape, std::move(decimal));
  } else if (is(Kind::kNtz, Kind::kTimestamp)) {
    shape = Of(Kind::kTimestamp);
  } else {
    shape = Of(Kind::kString);
  }
}

void JsonInference::Add(const JsonNodes& nodes) {
  JsonShape shape = ShapeOf(nodes, 0);
  // An array of records is as many records.
  if (shape.kind == Kind::kArray) {
    JsonShape element = std::move(*shape.element);
    if (element.kind == Kind::kNull) return;
    shape = std::move(element);
  }
  if (shape.kind == Kind::kObject || shape.kind == Kind::kNull) {
    MergeInto(root_, std::move(shape));
  } else {
    has_malformed_ = true;
  }
}

void JsonInference::Merge(JsonInference&& other) {
  MergeInto(root_, std::move(other.root_));
  has_malformed_ = has_malformed_ || other.has_malformed_;
}

// nullopt: nothing was ever in it.
std::optional<DataType> JsonInference::ToType(const JsonShape& shape) const {
  switch (shape.kind) {
    case Kind::kNull:
      if (json_.drop_field_if_all_null) return std::nullopt;
      return DataType::String();
    case Kind::kBoolean: return DataType::Boolean();
    case Kind::kLong: return DataType::Long();
    case Kind::kDecimal: return DataType::Decimal(shape.precision, shape.scale);
    case Kind::kDouble: return DataType::Double();
    case Kind::kTimestamp: return DataType::Timestamp();
    case Kind::kNtz: return DataType::TimestampNtz();
    case Kind::kString: return DataType::String();
    case Kind::kArray: {
      auto element = ToType(*shape.element);
      if (!element) return std::nullopt;
      return DataType::Array(*element);
    }
    case Kind::kObject: break;
  }
  Schema fields;
  for (const auto& [name, field] : shape.fields) {
    if (name.empty()) continue;
    if (auto type = ToType(*field)) fields.push_back({name, *type, true, ""});
  }
  if (fields.empty()) return std::nullopt;
  return DataType::Struct(std::move(fields));
}

Schema JsonInference::ToSchema() const {
  Schema schema;
  if (auto type = ToType(root_); type && type->Is(TypeKind::kStruct)) schema = type->fields();
  if (!has_malformed_ || json_.text.mode != ParseMode::kPermissive) return schema;
  const std::string& corrupt = json_.text.corrupt_column;
  auto place = std::lower_bound(
      schema.begin(), schema.end(), corrupt,
      [](const StructField& field, const std::string& name) { return field.name < name; });
  if (place == schema.end() || place->name != corrupt) {
    schema.insert(place, {corrupt, DataType::String(), true, ""});
  }
  return schema;
}

}  // namespace pyrite::sources
