#include "base/type_json.h"

#include <cstdio>
#include <utility>

#include "base/errors.h"
#include "base/json.h"

namespace pyrite {
namespace {

[[noreturn]] void Fail(const std::string& what) {
  throw SparkError("INVALID_JSON_DATA_TYPE", {{"invalidType", what}});
}

DataType FromJson(const Json& json);

int YearMonthField(const std::string& name) {
  if (name == "year") return 0;
  return name == "month" ? 1 : -1;
}

int DayTimeField(const std::string& name) {
  constexpr const char* kNames[] = {"day", "hour", "minute", "second"};
  for (int i = 0; i < 4; ++i) {
    if (name == kNames[i]) return i;
  }
  return -1;
}

// "interval day to second", "interval year".
DataType IntervalFromName(const std::string& name) {
  char first[16] = "", last[16] = "";
  int read = std::sscanf(name.c_str(), "interval %15s to %15s", first, last);
  std::string start = first;
  std::string end = read == 2 ? last : first;
  if (YearMonthField(start) >= 0 && YearMonthField(end) >= 0) {
    return DataType::YearMonthInterval(YearMonthField(start), YearMonthField(end));
  }
  if (DayTimeField(start) >= 0 && DayTimeField(end) >= 0) {
    return DataType::DayTimeInterval(DayTimeField(start), DayTimeField(end));
  }
  Fail(name);
}

DataType FromName(const std::string& name) {
  static constexpr std::pair<const char*, TypeKind> kNames[] = {
      {"void", TypeKind::kNull},
      {"null", TypeKind::kNull},
      {"boolean", TypeKind::kBoolean},
      {"byte", TypeKind::kByte},
      {"short", TypeKind::kShort},
      {"integer", TypeKind::kInteger},
      {"long", TypeKind::kLong},
      {"float", TypeKind::kFloat},
      {"double", TypeKind::kDouble},
      {"string", TypeKind::kString},
      {"binary", TypeKind::kBinary},
      {"date", TypeKind::kDate},
      {"timestamp", TypeKind::kTimestamp},
      {"timestamp_ltz", TypeKind::kTimestamp},
      {"timestamp_ntz", TypeKind::kTimestampNtz},
      {"interval", TypeKind::kCalendarInterval},
      {"calendarinterval", TypeKind::kCalendarInterval},
      {"variant", TypeKind::kVariant}};
  for (const auto& [known, kind] : kNames) {
    if (name == known) return DataType(kind);
  }
  if (name == "decimal") return DataType::Decimal(10, 0);
  int a = 0, b = 0;
  if (std::sscanf(name.c_str(), "decimal(%d,%d)", &a, &b) == 2) return DataType::Decimal(a, b);
  if (std::sscanf(name.c_str(), "char(%d)", &a) == 1) return DataType::Char(a);
  if (std::sscanf(name.c_str(), "varchar(%d)", &a) == 1) return DataType::Varchar(a);
  if (std::sscanf(name.c_str(), "time(%d)", &a) == 1) return DataType::Time(a);
  if (name.starts_with("interval ")) return IntervalFromName(name);
  Fail(name);
}

const Json& Member(const Json& json, const char* name) {
  const Json* member = json.Find(name);
  if (member == nullptr) Fail(ToText(json));
  return *member;
}

bool Flag(const Json& json, const char* name) { return Member(json, name).text == "true"; }

StructField FieldFromJson(const Json& json) {
  StructField field{Member(json, "name").text, FromJson(Member(json, "type")), true, ""};
  if (const Json* nullable = json.Find("nullable")) field.nullable = nullable->text == "true";
  const Json* metadata = json.Find("metadata");
  if (metadata != nullptr && !metadata->members.empty()) field.metadata = ToText(*metadata);
  return field;
}

DataType UdtFromJson(const Json& json) {
  Json shell = json;
  std::erase_if(shell.members, [](const auto& member) { return member.first == "sqlType"; });
  return DataType::Udt(ToText(shell), FromJson(Member(json, "sqlType")));
}

DataType FromJson(const Json& json) {
  if (json.kind == Json::Kind::kString) return FromName(json.text);
  if (json.kind != Json::Kind::kObject) Fail(ToText(json));
  const std::string& type = Member(json, "type").text;
  if (type == "array") {
    return DataType::Array(FromJson(Member(json, "elementType")), Flag(json, "containsNull"));
  }
  if (type == "map") {
    return DataType::Map(FromJson(Member(json, "keyType")), FromJson(Member(json, "valueType")),
                         Flag(json, "valueContainsNull"));
  }
  if (type == "udt") return UdtFromJson(json);
  if (type != "struct") Fail(ToText(json));
  std::vector<StructField> fields;
  for (const Json& field : Member(json, "fields").items) fields.push_back(FieldFromJson(field));
  return DataType::Struct(std::move(fields));
}

bool IsPlainName(const std::string& name) {
  for (unsigned char c : name) {
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_')) {
      return false;
    }
  }
  return !name.empty() && !(name[0] >= '0' && name[0] <= '9');
}

std::string CommentOf(const StructField& field) {
  if (field.metadata.empty()) return "";
  const Json metadata = ParseJson(field.metadata);
  const Json* comment = metadata.Find("comment");
  if (comment == nullptr) return "";
  std::string out = " COMMENT '";
  for (char c : comment->text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

// As DataType::ToSql, with the comments of nested fields.
std::string SqlWithComments(const DataType& type) {
  switch (type.kind()) {
    case TypeKind::kArray: return "ARRAY<" + SqlWithComments(type.element()) + ">";
    case TypeKind::kMap:
      return "MAP<" + SqlWithComments(type.key()) + ", " + SqlWithComments(type.value()) + ">";
    case TypeKind::kStruct: break;
    default: return type.ToSql();
  }
  std::string out;
  for (const StructField& field : type.fields()) {
    out += (out.empty() ? "" : ", ") +
           (IsPlainName(field.name) ? field.name : errors::QuoteName({field.name})) + ": " +
           SqlWithComments(field.type) + (field.nullable ? "" : " NOT NULL") + CommentOf(field);
  }
  return "STRUCT<" + out + ">";
}

}  // namespace

DataType TypeFromJson(std::string_view text) { return FromJson(ParseJson(text)); }

std::string ToTableDdl(const DataType& type) {
  std::string out;
  for (const StructField& field : type.fields()) {
    out += (out.empty() ? "" : ",") +
           (IsPlainName(field.name) ? field.name : errors::QuoteName({field.name})) + " " +
           SqlWithComments(field.type) + (field.nullable ? "" : " NOT NULL") + CommentOf(field);
  }
  return out;
}

std::string TypeToJson(const DataType& type) {
  const auto flag = [](bool value) { return value ? "true" : "false"; };
  switch (type.kind()) {
    case TypeKind::kByte: return "\"byte\"";
    case TypeKind::kShort: return "\"short\"";
    case TypeKind::kInteger: return "\"integer\"";
    case TypeKind::kLong: return "\"long\"";
    case TypeKind::kChar:
    case TypeKind::kVarchar: return "\"string\"";
    case TypeKind::kUdt: return type.udt_json();
    case TypeKind::kArray:
      return R"({"type":"array","elementType":)" + TypeToJson(type.element()) +
             R"(,"containsNull":)" + flag(type.contains_null()) + "}";
    case TypeKind::kMap:
      return R"({"type":"map","keyType":)" + TypeToJson(type.key()) + R"(,"valueType":)" +
             TypeToJson(type.value()) + R"(,"valueContainsNull":)" + flag(type.contains_null()) +
             "}";
    case TypeKind::kStruct: break;
    default: return QuoteJson(type.ToDdl());
  }
  std::string text = R"({"type":"struct","fields":[)";
  for (const StructField& field : type.fields()) {
    if (&field != &type.fields().front()) text += ',';
    text += R"({"name":)" + QuoteJson(field.name) + R"(,"type":)" + TypeToJson(field.type) +
            R"(,"nullable":)" + flag(field.nullable) + R"(,"metadata":)" +
            (field.metadata.empty() ? "{}" : field.metadata) + "}";
  }
  return text + "]}";
}

}  // namespace pyrite
