#include "lower/constant.h"

#include "base/errors.h"
#include "lower/type.h"

namespace pyrite::lower {
namespace {

duckdb::hugeint_t ToHugeint(Int128 value) {
  return duckdb::hugeint_t(static_cast<int64_t>(value >> 64), static_cast<uint64_t>(value));
}

duckdb::Value ToDecimal(Int128 value, const DataType& type) {
  auto width = static_cast<uint8_t>(type.precision());
  auto scale = static_cast<uint8_t>(type.scale());
  if (width <= 18) return duckdb::Value::DECIMAL(static_cast<int64_t>(value), width, scale);
  return duckdb::Value::DECIMAL(ToHugeint(value), width, scale);
}

duckdb::Value ToList(const Values& values, const DataType& type) {
  duckdb::vector<duckdb::Value> children;
  for (const Value& value : values) children.push_back(ToDuckDB(value, type.element()));
  return duckdb::Value::LIST(PhysicalType(type.element()), std::move(children));
}

duckdb::Value ToMap(const Values& values, const DataType& type) {
  duckdb::vector<duckdb::Value> keys, items;
  for (size_t i = 0; i + 1 < values.size(); i += 2) {
    keys.push_back(ToDuckDB(values[i], type.key()));
    items.push_back(ToDuckDB(values[i + 1], type.value()));
  }
  return duckdb::Value::MAP(PhysicalType(type.key()), PhysicalType(type.value()), std::move(keys),
                            std::move(items));
}

duckdb::Value ToStruct(const Values& values, const DataType& type) {
  duckdb::vector<duckdb::Value> children;
  for (size_t i = 0; i < values.size(); ++i) {
    children.push_back(ToDuckDB(values[i], type.fields()[i].type));
  }
  return duckdb::Value::STRUCT(PhysicalType(type), std::move(children));
}

}  // namespace

duckdb::Value ToDuckDB(const Value& value, const DataType& type) {
  if (value.is_null()) return duckdb::Value(PhysicalType(type));
  switch (type.kind()) {
    case TypeKind::kBoolean: return duckdb::Value::BOOLEAN(value.as_bool());
    case TypeKind::kByte: return duckdb::Value::TINYINT(static_cast<int8_t>(value.as_int()));
    case TypeKind::kShort: return duckdb::Value::SMALLINT(static_cast<int16_t>(value.as_int()));
    case TypeKind::kInteger:
    case TypeKind::kYearMonthInterval:
      return duckdb::Value::INTEGER(static_cast<int32_t>(value.as_int()));
    case TypeKind::kLong:
    case TypeKind::kDayTimeInterval: return duckdb::Value::BIGINT(value.as_int());
    case TypeKind::kFloat: return duckdb::Value::FLOAT(static_cast<float>(value.as_double()));
    case TypeKind::kDouble: return duckdb::Value::DOUBLE(value.as_double());
    case TypeKind::kDecimal: return ToDecimal(value.as_decimal(), type);
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar: return duckdb::Value(value.as_string());
    case TypeKind::kBinary: return duckdb::Value::BLOB_RAW(value.as_string());
    case TypeKind::kDate:
      return duckdb::Value::DATE(duckdb::date_t(static_cast<int32_t>(value.as_int())));
    case TypeKind::kTime: return duckdb::Value::TIME_NS(duckdb::dtime_ns_t(value.as_int()));
    case TypeKind::kTimestamp:
      return duckdb::Value::TIMESTAMPTZ(duckdb::timestamp_tz_t(value.as_int()));
    case TypeKind::kTimestampNtz:
      return duckdb::Value::TIMESTAMP(duckdb::timestamp_t(value.as_int()));
    case TypeKind::kCalendarInterval: {
      const CalendarInterval& interval = value.as_interval();
      return duckdb::Value::INTERVAL(interval.months, interval.days, interval.microseconds);
    }
    case TypeKind::kArray: return ToList(value.children(), type);
    case TypeKind::kMap: return ToMap(value.children(), type);
    case TypeKind::kStruct: return ToStruct(value.children(), type);
    case TypeKind::kUdt: return ToDuckDB(value, type.udt_sql_type());
    case TypeKind::kNull:
    case TypeKind::kVariant: break;
  }
  throw errors::Internal("no constant of type " + type.ToSql());
}

AstExpression LowerConstant(const Value& value, const DataType& type) {
  // Text forms of these would pass through parsers with rules (and limits) of their own.
  if (!value.is_null() && type.Is(TypeKind::kTimestamp)) {
    return MakeFunction("make_timestamptz", MakeValue(duckdb::Value::BIGINT(value.as_int())));
  }
  if (!value.is_null() && type.Is(TypeKind::kTimestampNtz)) {
    return MakeFunction("make_timestamp", MakeValue(duckdb::Value::BIGINT(value.as_int())));
  }
  duckdb::Value constant = ToDuckDB(value, type);
  if (constant.IsNull()) {
    return MakeAstCast(duckdb::ConstantExpression::Null(), constant.type());
  }
  return MakeValue(constant);
}

}  // namespace pyrite::lower
