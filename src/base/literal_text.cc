// Literals as Spark prints them: Literal.sql and Literal.toString, and Java's numbers.

#include <charconv>
#include <cmath>
#include <string>
#include <string_view>

#include "base/text/datetime_text.h"
#include "base/text/decimal_text.h"
#include "base/text/hex.h"
#include "base/text/interval_text.h"
#include "base/text/time_zone.h"
#include "base/value.h"

namespace pyrite {
namespace {

// Java's layout of the shortest digits: 0.001 to 9999999 plain, all else as 1.0E10.
template <typename T>
std::string JavaNumber(T value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
  if (value == 0) return std::signbit(value) ? "-0.0" : "0.0";
  char buffer[64];
  auto result = std::to_chars(buffer, buffer + sizeof(buffer), std::abs(value),
                              std::chars_format::scientific);
  std::string_view text(buffer, result.ptr - buffer);
  size_t e = text.find('e');
  std::string digits(text.substr(0, e));
  std::erase(digits, '.');
  int exponent = std::stoi(std::string(text.substr(e + 1)));
  std::string out = value < 0 ? "-" : "";
  if (exponent >= 7 || exponent < -3) {
    std::string rest = digits.size() > 1 ? digits.substr(1) : "0";
    return out + digits[0] + "." + rest + "E" + std::to_string(exponent);
  }
  if (exponent < 0) return out + "0." + std::string(-exponent - 1, '0') + digits;
  if (digits.size() < static_cast<size_t>(exponent) + 2) {
    digits.append(exponent + 2 - digits.size(), '0');
  }
  return out + digits.substr(0, exponent + 1) + "." + digits.substr(exponent + 1);
}

std::string Hex(const std::string& bytes) {
  std::string out;
  for (unsigned char byte : bytes) AppendHex(byte, out);
  return out;
}

std::string QuotedText(const std::string& text) {
  std::string out = "'";
  for (char c : text) {
    if (c == '\\' || c == '\'') out += '\\';
    out += c;
  }
  return out + "'";
}

std::string DoubleSql(double value, const DataType& type, const std::string& text) {
  if (std::isnan(value) || std::isinf(value)) return "CAST('" + text + "' AS " + type.ToSql() + ")";
  return type.Is(TypeKind::kDouble) ? text + "D" : "CAST(" + text + " AS FLOAT)";
}

// The literal of an element, key, value or field of `value`.
Literal Child(const DataType& type, const Value& value) { return {type, value}; }

int64_t ToLocal(int64_t micros, const std::string& zone_id) {
  const TimeZone* zone = TimeZone::Find(zone_id);
  return zone == nullptr ? micros : zone->MicrosToLocal(micros);
}

std::string NestedSql(const DataType& type, const Values& values, const std::string& zone) {
  std::string out;
  auto append = [&out](const std::string& item) { out += (out.empty() ? "" : ", ") + item; };
  if (type.Is(TypeKind::kArray)) {
    for (const Value& v : values) append(Child(type.element(), v).ToSql(zone));
    return "ARRAY(" + out + ")";
  }
  if (type.Is(TypeKind::kMap)) {
    for (size_t i = 0; i < values.size(); ++i) {
      append(Child(i % 2 == 0 ? type.key() : type.value(), values[i]).ToSql(zone));
    }
    return "MAP(" + out + ")";
  }
  for (size_t i = 0; i < values.size(); ++i) {
    append(QuotedText(type.fields()[i].name));
    append(Child(type.fields()[i].type, values[i]).ToSql(zone));
  }
  return "NAMED_STRUCT(" + out + ")";
}

std::string NestedText(const DataType& type, const Values& values, const std::string& zone) {
  if (type.Is(TypeKind::kMap)) {
    std::string keys, items;
    for (size_t i = 0; i < values.size(); ++i) {
      std::string& list = i % 2 == 0 ? keys : items;
      const DataType& part = i % 2 == 0 ? type.key() : type.value();
      list += (list.empty() ? "" : ",") + Child(part, values[i]).ToString(zone);
    }
    return "map(keys: [" + keys + "], values: [" + items + "])";
  }
  std::string out;
  for (size_t i = 0; i < values.size(); ++i) {
    const DataType& part = type.Is(TypeKind::kArray) ? type.element() : type.fields()[i].type;
    out += (i == 0 ? "" : ",") + Child(part, values[i]).ToString(zone);
  }
  return "[" + out + "]";
}

}  // namespace

std::string DoubleToString(double value) { return JavaNumber(value); }
std::string FloatToString(float value) { return JavaNumber(value); }

std::string Literal::ToString(const std::string& time_zone) const {
  if (value.is_null()) return "NULL";
  switch (type.kind()) {
    case TypeKind::kNull: return "NULL";
    case TypeKind::kBoolean: return value.as_bool() ? "true" : "false";
    case TypeKind::kByte:
    case TypeKind::kShort:
    case TypeKind::kInteger:
    case TypeKind::kLong: return std::to_string(value.as_int());
    case TypeKind::kFloat: return FloatToString(static_cast<float>(value.as_double()));
    case TypeKind::kDouble: return DoubleToString(value.as_double());
    case TypeKind::kDecimal: return DecimalToJavaString(value.as_decimal(), type.scale());
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar: return value.as_string();
    case TypeKind::kBinary: return "0x" + Hex(value.as_string());
    case TypeKind::kDate: return DateToString(value.as_int());
    case TypeKind::kTime: return TimeToString(value.as_int());
    case TypeKind::kTimestamp: return TimestampToString(ToLocal(value.as_int(), time_zone));
    case TypeKind::kTimestampNtz: return TimestampToString(value.as_int());
    case TypeKind::kYearMonthInterval:
    case TypeKind::kDayTimeInterval: return IntervalToString(value.as_int(), type);
    case TypeKind::kCalendarInterval: return CalendarIntervalToString(value.as_interval());
    case TypeKind::kArray:
    case TypeKind::kMap:
    case TypeKind::kStruct: return NestedText(type, value.children(), time_zone);
    case TypeKind::kVariant: return value.as_string();
    case TypeKind::kUdt: return Child(type.udt_sql_type(), value).ToString(time_zone);
  }
  return "";
}

std::string Literal::ToSql(const std::string& time_zone) const {
  if (type.Is(TypeKind::kNull)) return "NULL";
  if (value.is_null()) return "CAST(NULL AS " + type.ToSql() + ")";
  std::string text = type.IsNested() ? "" : ToString(time_zone);
  switch (type.kind()) {
    case TypeKind::kByte: return text + "Y";
    case TypeKind::kShort: return text + "S";
    case TypeKind::kLong: return text + "L";
    case TypeKind::kFloat:
    case TypeKind::kDouble: return DoubleSql(value.as_double(), type, text);
    case TypeKind::kDecimal: return text + "BD";
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar: return QuotedText(text);
    case TypeKind::kBinary: return "X'" + Hex(value.as_string()) + "'";
    case TypeKind::kDate: return "DATE '" + text + "'";
    case TypeKind::kTime: return "TIME '" + text + "'";
    case TypeKind::kTimestamp: return "TIMESTAMP '" + text + "'";
    case TypeKind::kTimestampNtz: return "TIMESTAMP_NTZ '" + text + "'";
    case TypeKind::kCalendarInterval: return "INTERVAL '" + text + "'";
    case TypeKind::kArray:
    case TypeKind::kMap:
    case TypeKind::kStruct: return NestedSql(type, value.children(), time_zone);
    case TypeKind::kUdt: return Child(type.udt_sql_type(), value).ToSql(time_zone);
    default: return text;
  }
}

}  // namespace pyrite
