// A constant of any Spark type, as literals in plans and as parsed from SQL or a client.
//
//   Literal one = Literal::Int(1);
//   Literal price = {DataType::Decimal(4, 2), Value(Int128(1299))};   // 12.99, unscaled
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/types.h"

namespace pyrite {

using Int128 = __int128;

struct CalendarInterval {
  int32_t months = 0;
  int32_t days = 0;
  int64_t microseconds = 0;
  bool operator==(const CalendarInterval&) const = default;
};

struct Value;
using Values = std::vector<Value>;

// The physical value; the DataType beside it says what it means:
//   int64_t   byte, short, int, long, date (days since 1970-01-01), timestamps (microseconds),
//             time (nanoseconds since midnight), year-month (months), day-time (microseconds)
//   double    float and double
//   Int128    decimal, unscaled
//   string    string, char, varchar, binary
//   Values    array: elements; struct: fields; map: key, value, key, value, ...
struct Value {
  using Storage = std::variant<std::monostate, bool, int64_t, double, Int128, std::string,
                               CalendarInterval, std::shared_ptr<const Values>>;
  Storage storage;

  Value() = default;
  explicit Value(bool value) : storage(value) {}
  explicit Value(int64_t value) : storage(value) {}
  explicit Value(double value) : storage(value) {}
  explicit Value(Int128 value) : storage(value) {}
  explicit Value(std::string value) : storage(std::move(value)) {}
  explicit Value(CalendarInterval value) : storage(value) {}
  explicit Value(Values values) : storage(std::make_shared<const Values>(std::move(values))) {}

  bool is_null() const { return std::holds_alternative<std::monostate>(storage); }
  bool as_bool() const { return std::get<bool>(storage); }
  int64_t as_int() const { return std::get<int64_t>(storage); }
  double as_double() const { return std::get<double>(storage); }
  Int128 as_decimal() const { return std::get<Int128>(storage); }
  const std::string& as_string() const { return std::get<std::string>(storage); }
  const CalendarInterval& as_interval() const { return std::get<CalendarInterval>(storage); }
  const Values& children() const { return *std::get<std::shared_ptr<const Values>>(storage); }

  bool operator==(const Value& other) const;  // NaN equals NaN, as in Spark
};

struct Literal {
  DataType type;
  Value value;

  static Literal Null(DataType type = DataType::Null()) { return {std::move(type), Value()}; }
  static Literal Boolean(bool value) { return {DataType::Boolean(), Value(value)}; }
  static Literal Int(int32_t value) { return {DataType::Integer(), Value(int64_t{value})}; }
  static Literal Long(int64_t value) { return {DataType::Long(), Value(value)}; }
  static Literal Double(double value) { return {DataType::Double(), Value(value)}; }
  static Literal String(std::string value) { return {DataType::String(), Value(std::move(value))}; }

  bool operator==(const Literal&) const = default;

  // As SQL text that reads back to the same literal, Spark's Literal.sql: 'it\'s', 1L, DATE
  // '2020-01-01'. Timestamps are printed in `time_zone`, the session's.
  std::string ToSql(const std::string& time_zone = "UTC") const;
  // As Spark prints it in a generated column name, Literal.toString: it's, 1, 2020-01-01.
  std::string ToString(const std::string& time_zone = "UTC") const;
};

std::string Int128ToString(Int128 value);
// "12.99" for (1299, 2).
std::string DecimalToString(Int128 unscaled, int scale);
// Java's Double.toString and Float.toString: "1.0E10", "0.1", "NaN", "Infinity".
std::string DoubleToString(double value);
std::string FloatToString(float value);

}  // namespace pyrite
