#include "base/types.h"

#include <utility>

namespace pyrite {

struct DataType::Nested {
  std::vector<DataType> children;
  std::vector<StructField> fields;
  std::string json;
};

namespace {

const char* YearMonthField(int field) { return field == 0 ? "YEAR" : "MONTH"; }

const char* DayTimeField(int field) {
  constexpr const char* kNames[] = {"DAY", "HOUR", "MINUTE", "SECOND"};
  return kNames[field];
}

std::string IntervalSql(const char* start, const char* end) {
  std::string out = std::string("INTERVAL ") + start;
  return std::string(start) == end ? out : out + " TO " + end;
}

std::string Lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

// A struct field's name as DDL text needs it: quoted unless it is a plain identifier.
std::string FieldNameSql(const std::string& name) {
  bool plain = !name.empty() && !(name[0] >= '0' && name[0] <= '9');
  for (char c : name) {
    plain = plain && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '_');
  }
  if (plain) return name;
  std::string out = "`";
  for (char c : name) out += c == '`' ? std::string("``") : std::string(1, c);
  return out + "`";
}

}  // namespace

DataType DataType::Decimal(int precision, int scale) {
  DataType type(TypeKind::kDecimal);
  type.a_ = precision;
  type.b_ = scale;
  return type;
}

DataType DataType::Char(int length) {
  DataType type(TypeKind::kChar);
  type.a_ = length;
  return type;
}

DataType DataType::Varchar(int length) {
  DataType type(TypeKind::kVarchar);
  type.a_ = length;
  return type;
}

DataType DataType::Time(int precision) {
  DataType type(TypeKind::kTime);
  type.a_ = precision;
  return type;
}

DataType DataType::YearMonthInterval(int start, int end) {
  DataType type(TypeKind::kYearMonthInterval);
  type.a_ = start;
  type.b_ = end;
  return type;
}

DataType DataType::DayTimeInterval(int start, int end) {
  DataType type(TypeKind::kDayTimeInterval);
  type.a_ = start;
  type.b_ = end;
  return type;
}

DataType DataType::Array(DataType element, bool contains_null) {
  DataType type(TypeKind::kArray);
  type.a_ = contains_null;
  type.nested_ = std::make_shared<Nested>(Nested{{std::move(element)}, {}, {}});
  return type;
}

DataType DataType::Map(DataType key, DataType value, bool value_contains_null) {
  DataType type(TypeKind::kMap);
  type.a_ = value_contains_null;
  type.nested_ = std::make_shared<Nested>(Nested{{std::move(key), std::move(value)}, {}, {}});
  return type;
}

DataType DataType::Struct(std::vector<StructField> fields) {
  DataType type(TypeKind::kStruct);
  type.nested_ = std::make_shared<Nested>(Nested{{}, std::move(fields), {}});
  return type;
}

DataType DataType::Udt(std::string json, DataType sql_type) {
  DataType type(TypeKind::kUdt);
  type.nested_ = std::make_shared<Nested>(Nested{{std::move(sql_type)}, {}, std::move(json)});
  return type;
}

const DataType& DataType::element() const { return nested_->children.at(0); }
const DataType& DataType::key() const { return nested_->children.at(0); }
const DataType& DataType::value() const { return nested_->children.at(1); }
const std::vector<StructField>& DataType::fields() const { return nested_->fields; }
const std::string& DataType::udt_json() const { return nested_->json; }
const DataType& DataType::udt_sql_type() const { return nested_->children.at(0); }

std::string DataType::ToSql() const {
  switch (kind_) {
    case TypeKind::kNull: return "VOID";
    case TypeKind::kBoolean: return "BOOLEAN";
    case TypeKind::kByte: return "TINYINT";
    case TypeKind::kShort: return "SMALLINT";
    case TypeKind::kInteger: return "INT";
    case TypeKind::kLong: return "BIGINT";
    case TypeKind::kFloat: return "FLOAT";
    case TypeKind::kDouble: return "DOUBLE";
    case TypeKind::kDecimal:
      return "DECIMAL(" + std::to_string(a_) + "," + std::to_string(b_) + ")";
    case TypeKind::kString: return "STRING";
    case TypeKind::kChar: return "CHAR(" + std::to_string(a_) + ")";
    case TypeKind::kVarchar: return "VARCHAR(" + std::to_string(a_) + ")";
    case TypeKind::kBinary: return "BINARY";
    case TypeKind::kDate: return "DATE";
    case TypeKind::kTime: return "TIME(" + std::to_string(a_) + ")";
    case TypeKind::kTimestamp: return "TIMESTAMP";
    case TypeKind::kTimestampNtz: return "TIMESTAMP_NTZ";
    case TypeKind::kYearMonthInterval: return IntervalSql(YearMonthField(a_), YearMonthField(b_));
    case TypeKind::kDayTimeInterval: return IntervalSql(DayTimeField(a_), DayTimeField(b_));
    case TypeKind::kCalendarInterval: return "INTERVAL";
    case TypeKind::kArray: return "ARRAY<" + element().ToSql() + ">";
    case TypeKind::kMap: return "MAP<" + key().ToSql() + ", " + value().ToSql() + ">";
    case TypeKind::kVariant: return "VARIANT";
    case TypeKind::kUdt: return udt_sql_type().ToSql();
    case TypeKind::kStruct: break;
  }
  std::string out;
  for (const StructField& field : fields()) {
    out += (out.empty() ? "" : ", ") + FieldNameSql(field.name) + ": " + field.type.ToSql();
    if (!field.nullable) out += " NOT NULL";
  }
  return "STRUCT<" + out + ">";
}

std::string DataType::ToDdl() const {
  switch (kind_) {
    case TypeKind::kArray: return "array<" + element().ToDdl() + ">";
    case TypeKind::kMap: return "map<" + key().ToDdl() + "," + value().ToDdl() + ">";
    case TypeKind::kUdt: return "udt";
    case TypeKind::kStruct: break;
    default: return Lower(ToSql());
  }
  std::string out;
  for (const StructField& field : fields()) {
    out += (out.empty() ? "" : ",") + field.name + ":" + field.type.ToDdl();
  }
  return "struct<" + out + ">";
}

bool DataType::operator==(const DataType& other) const {
  if (kind_ != other.kind_ || a_ != other.a_ || b_ != other.b_) return false;
  if (nested_ == other.nested_) return true;
  return nested_->children == other.nested_->children && nested_->fields == other.nested_->fields &&
         nested_->json == other.nested_->json;
}

namespace {

// `names` says whether struct field names count.
bool Alike(const DataType& left, const DataType& right, bool names) {
  if (left.kind() != right.kind()) return false;
  switch (left.kind()) {
    case TypeKind::kArray: return Alike(left.element(), right.element(), names);
    case TypeKind::kMap:
      return Alike(left.key(), right.key(), names) && Alike(left.value(), right.value(), names);
    case TypeKind::kStruct: break;
    case TypeKind::kUdt: return left.udt_json() == right.udt_json();
    default: return left == right;
  }
  if (left.fields().size() != right.fields().size()) return false;
  for (size_t i = 0; i < left.fields().size(); ++i) {
    const StructField& a = left.fields()[i];
    const StructField& b = right.fields()[i];
    if ((names && a.name != b.name) || !Alike(a.type, b.type, names)) return false;
  }
  return true;
}

}  // namespace

bool DataType::SameType(const DataType& other) const { return Alike(*this, other, true); }
bool DataType::SameStructure(const DataType& other) const { return Alike(*this, other, false); }

DataType DataType::AsNullable() const {
  switch (kind_) {
    case TypeKind::kArray: return Array(element().AsNullable(), true);
    case TypeKind::kMap: return Map(key().AsNullable(), value().AsNullable(), true);
    case TypeKind::kStruct: break;
    default: return *this;
  }
  std::vector<StructField> nullable;
  for (const StructField& field : fields()) {
    nullable.push_back({field.name, field.type.AsNullable(), true, field.metadata});
  }
  return Struct(std::move(nullable));
}

}  // namespace pyrite
