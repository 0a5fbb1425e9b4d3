#include "lower/type.h"

#include "base/errors.h"

namespace pyrite::lower {

duckdb::vector<duckdb::Identifier> PhysicalFieldNames(const DataType& struct_type) {
  duckdb::vector<duckdb::Identifier> names;
  duckdb::identifier_set_t seen;
  bool usable = true;
  for (const StructField& field : struct_type.fields()) {
    names.emplace_back(field.name);
    usable = usable && !field.name.empty() && seen.insert(names.back()).second;
  }
  if (!usable) {
    for (size_t i = 0; i < names.size(); ++i)
      names[i] = duckdb::Identifier("f" + std::to_string(i));
  }
  return names;
}

namespace {

duckdb::LogicalType PhysicalStruct(const DataType& type) {
  // DuckDB has no such structs; there is one value, and NULL.
  if (type.fields().empty()) return duckdb::LogicalType::BOOLEAN;
  duckdb::child_list_t<duckdb::LogicalType> children;
  duckdb::vector<duckdb::Identifier> names = PhysicalFieldNames(type);
  for (size_t i = 0; i < names.size(); ++i) {
    children.emplace_back(std::move(names[i]), PhysicalType(type.fields()[i].type));
  }
  return duckdb::LogicalType::STRUCT(std::move(children));
}

}  // namespace

duckdb::LogicalType PhysicalType(const DataType& type) {
  using duckdb::LogicalType;
  switch (type.kind()) {
    case TypeKind::kNull: return LogicalType::INTEGER;
    case TypeKind::kBoolean: return LogicalType::BOOLEAN;
    case TypeKind::kByte: return LogicalType::TINYINT;
    case TypeKind::kShort: return LogicalType::SMALLINT;
    case TypeKind::kInteger: return LogicalType::INTEGER;
    case TypeKind::kLong: return LogicalType::BIGINT;
    case TypeKind::kFloat: return LogicalType::FLOAT;
    case TypeKind::kDouble: return LogicalType::DOUBLE;
    case TypeKind::kDecimal:
      return LogicalType::DECIMAL(static_cast<uint8_t>(type.precision()),
                                  static_cast<uint8_t>(type.scale()));
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar: return LogicalType::VARCHAR;
    case TypeKind::kBinary: return LogicalType::BLOB;
    case TypeKind::kDate: return LogicalType::DATE;
    case TypeKind::kTime: return LogicalType::TIME_NS;
    case TypeKind::kTimestamp: return LogicalType::TIMESTAMP_TZ;
    case TypeKind::kTimestampNtz: return LogicalType::TIMESTAMP;
    case TypeKind::kYearMonthInterval: return LogicalType::INTEGER;
    case TypeKind::kDayTimeInterval: return LogicalType::BIGINT;
    case TypeKind::kCalendarInterval: return LogicalType::INTERVAL;
    case TypeKind::kArray: return LogicalType::LIST(PhysicalType(type.element()));
    case TypeKind::kMap:
      return LogicalType::MAP(PhysicalType(type.key()), PhysicalType(type.value()));
    case TypeKind::kStruct: return PhysicalStruct(type);
    case TypeKind::kVariant:
      return LogicalType::STRUCT({{duckdb::Identifier("value"), LogicalType::BLOB},
                                  {duckdb::Identifier("metadata"), LogicalType::BLOB}});
    case TypeKind::kUdt: return PhysicalType(type.udt_sql_type());
  }
  throw errors::Internal("no physical type for " + type.ToSql());
}

}  // namespace pyrite::lower
