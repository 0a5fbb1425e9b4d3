#include "lower/files/json_cell.h"

#include <limits>

#include "base/errors.h"
#include "base/text/decimal_text.h"
#include "base/text/text_to_interval.h"
#include "duckdb/common/types/blob.hpp"
#include "duckdb/common/vector/list_vector.hpp"
#include "duckdb/common/vector/map_vector.hpp"
#include "duckdb/common/vector/struct_vector.hpp"
#include "lower/files/cell.h"
#include "sources/text/java_number.h"

namespace pyrite::lower {
namespace {

using duckdb::idx_t;
using duckdb::ListVector;
using duckdb::Vector;
using Outcome = JsonCell::Outcome;
using sources::JsonKind;
using sources::JsonNode;
using sources::JsonNodes;

Outcome If(bool ok) { return ok ? Outcome::kOk : Outcome::kBad; }

Outcome PutInteger(const JsonCell& cell, const JsonNode& node, Vector& vector, idx_t row) {
  if (node.kind != JsonKind::kInteger) return Outcome::kBad;
  auto value = sources::JavaLong(node.text);
  if (!value) return Outcome::kBad;
  return WithIntegralType(cell.type, [&](auto zero) {
    using T = decltype(zero);
    // Jackson takes bytes without a sign too.
    bool is_byte = sizeof(T) == 1 && *value >= 0 && *value <= 255;
    if (*value != static_cast<T>(*value) && !is_byte) return Outcome::kBad;
    Put(vector, row, static_cast<T>(*value));
    return Outcome::kOk;
  });
}

template <typename T>
std::optional<T> NamedNumber(std::string_view text) {
  if (text == "NaN") return std::numeric_limits<T>::quiet_NaN();
  if (text == "Infinity" || text == "INF" || text == "+INF" || text == "+Infinity") {
    return std::numeric_limits<T>::infinity();
  }
  if (text == "-Infinity" || text == "-INF") return -std::numeric_limits<T>::infinity();
  return std::nullopt;
}

template <typename T>
Outcome PutFloating(const JsonCell& cell, const JsonNode& node, Vector& vector, idx_t row) {
  std::optional<T> value;
  if (node.kind == JsonKind::kString) {
    if (cell.context->json.dialect.non_numeric_numbers) value = NamedNumber<T>(node.text);
  } else if (node.kind == JsonKind::kInteger || node.kind == JsonKind::kFraction) {
    value = NamedNumber<T>(node.text);
    if (!value) {
      if constexpr (sizeof(T) == 4) {
        value = sources::JavaFloat(node.text);
      } else {
        value = sources::JavaDouble(node.text);
      }
    }
  }
  if (value) Put(vector, row, *value);
  return If(value.has_value());
}

Outcome PutDecimalNode(const JsonCell& cell, const JsonNode& node, Vector& vector, idx_t row) {
  bool has_number = node.kind == JsonKind::kInteger || node.kind == JsonKind::kFraction ||
                    node.kind == JsonKind::kString;
  Int128 value = 0;
  if (!has_number || !sources::JavaBigDecimal(node.text) ||
      TextToDecimal(node.text, cell.type.precision(), cell.type.scale(), &value) !=
          DecimalOutcome::kOk) {
    return Outcome::kBad;
  }
  PutDecimal(vector, row, value, cell.type.precision());
  return Outcome::kOk;
}

Outcome PutDatetime(const JsonCell& cell, const JsonNode& node, Vector& vector, idx_t row) {
  const sources::DatetimeReader& datetimes = cell.context->datetimes;
  if (cell.type.Is(TypeKind::kTimestamp) && node.kind == JsonKind::kInteger) {
    auto seconds = sources::JavaLong(node.text);
    if (!seconds) return Outcome::kBad;
    Put(vector, row, static_cast<int64_t>(static_cast<uint64_t>(*seconds) * 1000000u));
    return Outcome::kOk;
  }
  if (node.kind != JsonKind::kString) return Outcome::kBad;
  if (cell.type.Is(TypeKind::kDate)) {
    auto days = datetimes.Date(node.text);
    if (days) Put(vector, row, *days);
    return If(days.has_value());
  }
  auto micros = cell.type.Is(TypeKind::kTimestamp) ? datetimes.Timestamp(node.text)
                                                   : datetimes.TimestampNtz(node.text);
  if (micros) Put(vector, row, *micros);
  return If(micros.has_value());
}

Outcome PutInterval(const JsonCell& cell, const JsonNode& node, Vector& vector, idx_t row) {
  int64_t value = 0;
  if (node.kind != JsonKind::kString ||
      TextToInterval(node.text, cell.type, &value) != IntervalOutcome::kOk) {
    return Outcome::kBad;
  }
  if (cell.type.Is(TypeKind::kYearMonthInterval)) {
    Put(vector, row, static_cast<int32_t>(value));
  } else {
    Put(vector, row, value);
  }
  return Outcome::kOk;
}

Outcome PutBinary(const JsonNode& node, Vector& vector, idx_t row) {
  if (node.kind != JsonKind::kString) return Outcome::kBad;
  std::string text;
  for (char c : node.text) {
    if (static_cast<unsigned char>(c) > ' ') text += c;
  }
  while (text.size() % 4 != 0) text += '=';
  try {
    PutString(vector, row, duckdb::Blob::FromBase64(duckdb::string_t(text)));
  } catch (const duckdb::Exception&) {
    return Outcome::kBad;
  }
  return Outcome::kOk;
}

// Room for `count` more elements; the first one's place.
idx_t Extend(Vector& list, idx_t count) {
  idx_t start = ListVector::GetListSize(list);
  idx_t needed = start + count;
  if (needed > ListVector::GetListCapacity(list)) ListVector::Reserve(list, needed * 2);
  ListVector::SetListSize(list, needed);
  return start;
}

Outcome PutArray(const JsonCell& cell, const JsonNodes& nodes, uint32_t at, Vector& vector,
                 idx_t row) {
  const JsonNode& node = nodes[at];
  if (node.kind != JsonKind::kArray) return Outcome::kBad;
  idx_t count = 0;
  for (uint32_t i = at + 1; i < node.next; i = nodes[i].next) ++count;
  idx_t start = Extend(vector, count);
  Put(vector, row, duckdb::list_entry_t(start, count));
  Outcome whole = Outcome::kOk;
  Vector& elements = ListVector::GetChildMutable(vector);
  idx_t place = start;
  for (uint32_t i = at + 1; i < node.next; i = nodes[i].next, ++place) {
    Outcome one = cell.parts[0].Put(nodes, i, elements, place);
    if (one == Outcome::kBad) return Outcome::kBad;
    if (one == Outcome::kPartial) whole = one;
  }
  return whole;
}

Outcome PutMap(const JsonCell& cell, const JsonNodes& nodes, uint32_t at, Vector& vector,
               idx_t row) {
  const JsonNode& node = nodes[at];
  if (node.kind != JsonKind::kObject) return Outcome::kBad;
  idx_t count = 0;
  for (uint32_t i = at + 1; i < node.next; i = nodes[i + 1].next) ++count;
  idx_t start = Extend(vector, count);
  Put(vector, row, duckdb::list_entry_t(start, count));
  Vector& keys = duckdb::MapVector::GetKeys(vector);
  Vector& values = duckdb::MapVector::GetValues(vector);
  Outcome whole = Outcome::kOk;
  idx_t place = start;
  for (uint32_t i = at + 1; i < node.next; i = nodes[i + 1].next, ++place) {
    SetValid(ListVector::GetChildMutable(vector), place);
    PutString(keys, place, nodes[i].text);
    Outcome one = cell.parts[1].Put(nodes, i + 1, values, place);
    if (one == Outcome::kBad) return one;
    if (one == Outcome::kPartial) whole = one;
  }
  return whole;
}

Outcome PutStruct(const JsonCell& cell, const JsonNodes& nodes, uint32_t at, Vector& vector,
                  idx_t row) {
  if (nodes[at].kind != JsonKind::kObject) return Outcome::kBad;
  std::vector<Vector*> fields;
  for (Vector& field : duckdb::StructVector::GetEntries(vector)) fields.push_back(&field);
  SetValid(vector, row);
  return cell.PutFields(nodes, at, fields, row);
}

}  // namespace

Outcome JsonCell::Put(const JsonNodes& nodes, uint32_t at, Vector& vector, idx_t row) const {
  const JsonNode& node = nodes[at];
  if (node.kind == JsonKind::kNull) {
    PutNull(vector, row);
    return Outcome::kOk;
  }
  switch (type.kind()) {
    case TypeKind::kBoolean:
      if (node.kind != JsonKind::kTrue && node.kind != JsonKind::kFalse) return Outcome::kBad;
      lower::Put(vector, row, node.kind == JsonKind::kTrue);
      return Outcome::kOk;
    case TypeKind::kByte:
    case TypeKind::kShort:
    case TypeKind::kInteger:
    case TypeKind::kLong: return PutInteger(*this, node, vector, row);
    case TypeKind::kFloat: return PutFloating<float>(*this, node, vector, row);
    case TypeKind::kDouble: return PutFloating<double>(*this, node, vector, row);
    case TypeKind::kDecimal: return PutDecimalNode(*this, node, vector, row);
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar:
      PutString(vector, row, node.kind == JsonKind::kString ? node.text : node.raw);
      return Outcome::kOk;
    case TypeKind::kBinary: return PutBinary(node, vector, row);
    case TypeKind::kDate:
    case TypeKind::kTimestamp:
    case TypeKind::kTimestampNtz: return PutDatetime(*this, node, vector, row);
    case TypeKind::kYearMonthInterval:
    case TypeKind::kDayTimeInterval: return PutInterval(*this, node, vector, row);
    case TypeKind::kArray: return PutArray(*this, nodes, at, vector, row);
    case TypeKind::kMap: return PutMap(*this, nodes, at, vector, row);
    case TypeKind::kStruct: return PutStruct(*this, nodes, at, vector, row);
    default: return Outcome::kBad;
  }
}

Outcome JsonCell::PutFields(const JsonNodes& nodes, uint32_t at,
                            const std::vector<Vector*>& vectors, idx_t row) const {
  for (Vector* vector : vectors) {
    if (vector != nullptr) PutNull(*vector, row);
  }
  Outcome whole = Outcome::kOk;
  size_t expected = 0;  // fields mostly come in the schema's order
  for (uint32_t i = at + 1; i < nodes[at].next; i = nodes[i + 1].next) {
    std::string_view name = nodes[i].text;
    size_t field = expected;
    if (field >= names.size() || names[field] != name) {
      field = 0;
      while (field < names.size() && names[field] != name) ++field;
      if (field == names.size()) continue;
    }
    expected = field + 1;
    if (vectors[field] == nullptr) continue;
    Outcome one = parts[field].Put(nodes, i + 1, *vectors[field], row);
    if (one == Outcome::kOk) continue;
    whole = Outcome::kPartial;
    if (one == Outcome::kBad) PutNull(*vectors[field], row);
  }
  return whole;
}

JsonCell BindJsonCell(const DataType& type, const JsonContext& context) {
  JsonCell cell{type, &context, {}, {}};
  switch (type.kind()) {
    case TypeKind::kArray: cell.parts.push_back(BindJsonCell(type.element(), context)); break;
    case TypeKind::kMap:
      if (!type.key().IsString()) {
        throw errors::IllegalArgument("The names of JSON's fields are strings, not keys of type " +
                                      type.key().ToSql());
      }
      cell.parts.push_back(BindJsonCell(type.key(), context));
      cell.parts.push_back(BindJsonCell(type.value(), context));
      break;
    case TypeKind::kStruct:
      for (const StructField& field : type.fields()) {
        cell.names.push_back(field.name);
        cell.parts.push_back(BindJsonCell(field.type, context));
      }
      break;
    case TypeKind::kUdt: return BindJsonCell(type.udt_sql_type(), context);
    case TypeKind::kTime:
    case TypeKind::kCalendarInterval:
    case TypeKind::kVariant:
      throw errors::UnsupportedFeature("reading " + type.ToSql() + " from JSON");
    default: break;
  }
  return cell;
}

}  // namespace pyrite::lower
