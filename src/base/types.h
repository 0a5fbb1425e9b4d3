// Spark's data types as small immutable values.
//
//   DataType t = DataType::Array(DataType::Decimal(10, 2), /*contains_null=*/true);
//   t.ToSql()    "ARRAY<DECIMAL(10,2)>"     as in error messages and CAST
//   t.ToDdl()    "array<decimal(10,2)>"     simpleString: schemas, printSchema, dtypes
//
// Copying is cheap (nested parts are shared) and every value is safe to share between threads.
// Parsing of DDL text and JSON: base/type_parser.h, base/type_json.h. Arrow: base/type_arrow.h.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace pyrite {

enum class TypeKind : uint8_t {
  kNull,  // VOID
  kBoolean,
  kByte,   // TINYINT
  kShort,  // SMALLINT
  kInteger,
  kLong,  // BIGINT
  kFloat,
  kDouble,
  kDecimal,
  kString,
  kChar,  // CHAR(n): a string of declared length
  kVarchar,
  kBinary,
  kDate,
  kTime,       // TIME(precision)
  kTimestamp,  // with the session's time zone (LTZ): microseconds since the epoch, UTC
  kTimestampNtz,
  kYearMonthInterval,  // months, int32
  kDayTimeInterval,    // microseconds, int64
  kCalendarInterval,   // months, days, microseconds
  kArray,
  kMap,
  kStruct,
  kVariant,
  kUdt,  // a user-defined type over its sql_type
};

struct StructField;

class DataType {
 public:
  DataType() = default;  // VOID
  explicit DataType(TypeKind kind) : kind_(kind) {}

  static DataType Null() { return DataType(TypeKind::kNull); }
  static DataType Boolean() { return DataType(TypeKind::kBoolean); }
  static DataType Byte() { return DataType(TypeKind::kByte); }
  static DataType Short() { return DataType(TypeKind::kShort); }
  static DataType Integer() { return DataType(TypeKind::kInteger); }
  static DataType Long() { return DataType(TypeKind::kLong); }
  static DataType Float() { return DataType(TypeKind::kFloat); }
  static DataType Double() { return DataType(TypeKind::kDouble); }
  static DataType String() { return DataType(TypeKind::kString); }
  static DataType Binary() { return DataType(TypeKind::kBinary); }
  static DataType Date() { return DataType(TypeKind::kDate); }
  static DataType Timestamp() { return DataType(TypeKind::kTimestamp); }
  static DataType TimestampNtz() { return DataType(TypeKind::kTimestampNtz); }
  static DataType CalendarInterval() { return DataType(TypeKind::kCalendarInterval); }
  static DataType Variant() { return DataType(TypeKind::kVariant); }
  // 1 <= precision <= 38, 0 <= scale <= precision; not checked here (the parser and analyzer do).
  static DataType Decimal(int precision, int scale);
  static DataType Char(int length);
  static DataType Varchar(int length);
  static DataType Time(int precision = 6);
  // Fields: 0 YEAR, 1 MONTH.
  static DataType YearMonthInterval(int start = 0, int end = 1);
  // Fields: 0 DAY, 1 HOUR, 2 MINUTE, 3 SECOND.
  static DataType DayTimeInterval(int start = 0, int end = 3);
  static DataType Array(DataType element, bool contains_null = true);
  static DataType Map(DataType key, DataType value, bool value_contains_null = true);
  static DataType Struct(std::vector<StructField> fields);
  // `json_class` names the type as Spark's JSON does ("class" or "pyClass" plus serialized parts).
  static DataType Udt(std::string json, DataType sql_type);

  TypeKind kind() const { return kind_; }
  bool Is(TypeKind kind) const { return kind_ == kind; }
  int precision() const { return a_; }             // decimal, time
  int scale() const { return b_; }                 // decimal
  int length() const { return a_; }                // char, varchar
  int start_field() const { return a_; }           // intervals
  int end_field() const { return b_; }             // intervals
  const DataType& element() const;                 // array
  const DataType& key() const;                     // map
  const DataType& value() const;                   // map
  bool contains_null() const { return a_ != 0; }   // array elements, map values
  const std::vector<StructField>& fields() const;  // struct
  const std::string& udt_json() const;
  const DataType& udt_sql_type() const;

  bool IsIntegral() const { return kind_ >= TypeKind::kByte && kind_ <= TypeKind::kLong; }
  bool IsFractional() const { return kind_ >= TypeKind::kFloat && kind_ <= TypeKind::kDecimal; }
  bool IsNumeric() const { return kind_ >= TypeKind::kByte && kind_ <= TypeKind::kDecimal; }
  bool IsString() const { return kind_ >= TypeKind::kString && kind_ <= TypeKind::kVarchar; }
  bool IsDatetime() const {
    return kind_ == TypeKind::kDate || kind_ == TypeKind::kTimestamp ||
           kind_ == TypeKind::kTimestampNtz;
  }
  bool IsAnsiInterval() const {
    return kind_ == TypeKind::kYearMonthInterval || kind_ == TypeKind::kDayTimeInterval;
  }
  bool IsNested() const { return kind_ >= TypeKind::kArray && kind_ <= TypeKind::kStruct; }
  bool IsAtomic() const { return !IsNested() && kind_ != TypeKind::kNull; }

  std::string ToSql() const;  // Spark's DataType.sql: "STRUCT<a: INT NOT NULL>"
  std::string ToDdl() const;  // Spark's DataType.simpleString: "struct<a:int>"

  // Equal in everything: names (case-sensitive), nullability, metadata.
  bool operator==(const DataType& other) const;
  // Equal but for nullability (Spark's DataType.equalsIgnoreNullability / sameType with names).
  bool SameType(const DataType& other) const;
  // Equal but for nullability and field names: what has one physical form.
  bool SameStructure(const DataType& other) const;
  // The same type with everything inside nullable (Spark's asNullable).
  DataType AsNullable() const;

 private:
  struct Nested;

  TypeKind kind_ = TypeKind::kNull;
  int32_t a_ = 0;
  int32_t b_ = 0;
  std::shared_ptr<const Nested> nested_;
};

struct StructField {
  std::string name;
  DataType type;
  bool nullable = true;
  std::string metadata;  // a JSON object's text, empty for none

  bool operator==(const StructField& other) const = default;
};

// A relation's schema is a struct type's fields.
using Schema = std::vector<StructField>;

}  // namespace pyrite
