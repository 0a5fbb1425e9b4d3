#include "connect/type_proto.h"

#include <utility>

#include "base/errors.h"
#include "sql/parser.h"

namespace pyrite::connect {
namespace {

// The end of an interval type that names only its start is that start; the defaults are the widest.
template <typename Message>
std::pair<int, int> IntervalFields(const Message& message, int widest) {
  if (!message.has_start_field()) return {0, widest};
  int start = message.start_field();
  return {start, message.has_end_field() ? message.end_field() : start};
}

DataType StringFromProto(const proto::DataType::String& message) {
  if (!message.collation().empty() && message.collation() != "UTF8_BINARY") {
    throw errors::UnsupportedFeature("the collation " + message.collation());
  }
  return DataType::String();
}

DataType StructFromProto(const proto::DataType::Struct& message) {
  std::vector<StructField> fields;
  fields.reserve(message.fields_size());
  for (const auto& field : message.fields()) {
    std::string metadata = field.metadata() == "{}" ? std::string() : field.metadata();
    fields.push_back({field.name(), FromProto(field.data_type()), field.nullable(), metadata});
  }
  return DataType::Struct(std::move(fields));
}

// The parts of Spark's JSON for a user-defined type, but for its sqlType.
DataType UdtFromProto(const proto::DataType::UDT& message) {
  auto quoted = [](const std::string& text) {
    std::string out = "\"";
    for (char c : text) {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
    return out + "\"";
  };
  std::string json = "{\"type\":\"udt\"";
  if (message.has_jvm_class()) json += ",\"class\":" + quoted(message.jvm_class());
  if (message.has_python_class()) json += ",\"pyClass\":" + quoted(message.python_class());
  if (message.has_serialized_python_class()) {
    json += ",\"serializedClass\":" + quoted(message.serialized_python_class());
  }
  return DataType::Udt(json + "}", FromProto(message.sql_type()));
}

// The value of a string member of the JSON that UdtFromProto writes; empty when absent.
std::string JsonMember(const std::string& json, const std::string& name) {
  size_t at = json.find("\"" + name + "\":\"");
  if (at == std::string::npos) return "";
  std::string out;
  for (at += name.size() + 4; at < json.size() && json[at] != '"'; ++at) {
    if (json[at] == '\\') ++at;
    out += json[at];
  }
  return out;
}

void UdtToProto(const DataType& type, proto::DataType::UDT* message) {
  message->set_type("udt");
  std::string jvm = JsonMember(type.udt_json(), "class");
  std::string python = JsonMember(type.udt_json(), "pyClass");
  std::string serialized = JsonMember(type.udt_json(), "serializedClass");
  if (!jvm.empty()) message->set_jvm_class(jvm);
  if (!python.empty()) message->set_python_class(python);
  if (!serialized.empty()) message->set_serialized_python_class(serialized);
  ToProto(type.udt_sql_type(), message->mutable_sql_type());
}

void FieldsToProto(const std::vector<StructField>& fields, proto::DataType::Struct* message) {
  for (const StructField& field : fields) {
    auto* out = message->add_fields();
    out->set_name(field.name);
    ToProto(field.type, out->mutable_data_type());
    out->set_nullable(field.nullable);
    if (!field.metadata.empty()) out->set_metadata(field.metadata);
  }
}

}  // namespace

namespace {

DataType DecimalFromProto(const proto::DataType::Decimal& message) {
  constexpr int kMaximum = 38;
  int precision = message.has_precision() ? message.precision() : 10;
  int scale = message.has_scale() ? message.scale() : 0;
  if (precision > kMaximum) throw errors::DecimalPrecisionExceedsMaxPrecision(precision, kMaximum);
  if (scale < 0 || scale > precision) {
    throw errors::IllegalArgument("A decimal of " + std::to_string(precision) +
                                  " digits has no scale of " + std::to_string(scale) + ".");
  }
  return DataType::Decimal(precision, scale);
}

}  // namespace

DataType FromProto(const proto::DataType& message) {
  using Kind = proto::DataType;
  switch (message.kind_case()) {
    case Kind::kNull: return DataType::Null();
    case Kind::kBinary: return DataType::Binary();
    case Kind::kBoolean: return DataType::Boolean();
    case Kind::kByte: return DataType::Byte();
    case Kind::kShort: return DataType::Short();
    case Kind::kInteger: return DataType::Integer();
    case Kind::kLong: return DataType::Long();
    case Kind::kFloat: return DataType::Float();
    case Kind::kDouble: return DataType::Double();
    case Kind::kDecimal: return DecimalFromProto(message.decimal());
    case Kind::kString: return StringFromProto(message.string());
    case Kind::kChar: return DataType::Char(message.char_().length());
    case Kind::kVarChar: return DataType::Varchar(message.var_char().length());
    case Kind::kDate: return DataType::Date();
    case Kind::kTimestamp: return DataType::Timestamp();
    case Kind::kTimestampNtz: return DataType::TimestampNtz();
    case Kind::kTime:
      return DataType::Time(message.time().has_precision() ? message.time().precision() : 6);
    case Kind::kCalendarInterval: return DataType::CalendarInterval();
    case Kind::kYearMonthInterval: {
      auto [start, end] = IntervalFields(message.year_month_interval(), 1);
      return DataType::YearMonthInterval(start, end);
    }
    case Kind::kDayTimeInterval: {
      auto [start, end] = IntervalFields(message.day_time_interval(), 3);
      return DataType::DayTimeInterval(start, end);
    }
    case Kind::kArray:
      return DataType::Array(FromProto(message.array().element_type()),
                             message.array().contains_null());
    case Kind::kMap:
      return DataType::Map(FromProto(message.map().key_type()),
                           FromProto(message.map().value_type()),
                           message.map().value_contains_null());
    case Kind::kStruct: return StructFromProto(message.struct_());
    case Kind::kVariant: return DataType::Variant();
    case Kind::kUdt: return UdtFromProto(message.udt());
    case Kind::kUnparsed: return sql::ParseSchema(message.unparsed().data_type_string());
    case Kind::kGeometry: throw errors::UnsupportedFeature("the type GEOMETRY");
    case Kind::kGeography: throw errors::UnsupportedFeature("the type GEOGRAPHY");
    case Kind::KIND_NOT_SET: break;
  }
  throw SparkError("CONNECT_INVALID_PLAN.DATA_TYPE_UNSUPPORTED_PROTO_TO_CATALYST",
                   {{"kindCase", "KIND_NOT_SET"}});
}

void ToProto(const Schema& schema, proto::DataType* message) {
  FieldsToProto(schema, message->mutable_struct_());
}

void ToProto(const DataType& type, proto::DataType* message) {
  switch (type.kind()) {
    case TypeKind::kNull: message->mutable_null(); return;
    case TypeKind::kBoolean: message->mutable_boolean(); return;
    case TypeKind::kByte: message->mutable_byte(); return;
    case TypeKind::kShort: message->mutable_short_(); return;
    case TypeKind::kInteger: message->mutable_integer(); return;
    case TypeKind::kLong: message->mutable_long_(); return;
    case TypeKind::kFloat: message->mutable_float_(); return;
    case TypeKind::kDouble: message->mutable_double_(); return;
    case TypeKind::kDecimal:
      message->mutable_decimal()->set_precision(type.precision());
      message->mutable_decimal()->set_scale(type.scale());
      return;
    case TypeKind::kString: message->mutable_string(); return;  // of the default collation
    case TypeKind::kChar: message->mutable_char_()->set_length(type.length()); return;
    case TypeKind::kVarchar: message->mutable_var_char()->set_length(type.length()); return;
    case TypeKind::kBinary: message->mutable_binary(); return;
    case TypeKind::kDate: message->mutable_date(); return;
    case TypeKind::kTime: message->mutable_time()->set_precision(type.precision()); return;
    case TypeKind::kTimestamp: message->mutable_timestamp(); return;
    case TypeKind::kTimestampNtz: message->mutable_timestamp_ntz(); return;
    case TypeKind::kYearMonthInterval:
      message->mutable_year_month_interval()->set_start_field(type.start_field());
      message->mutable_year_month_interval()->set_end_field(type.end_field());
      return;
    case TypeKind::kDayTimeInterval:
      message->mutable_day_time_interval()->set_start_field(type.start_field());
      message->mutable_day_time_interval()->set_end_field(type.end_field());
      return;
    case TypeKind::kCalendarInterval: message->mutable_calendar_interval(); return;
    case TypeKind::kArray:
      ToProto(type.element(), message->mutable_array()->mutable_element_type());
      message->mutable_array()->set_contains_null(type.contains_null());
      return;
    case TypeKind::kMap:
      ToProto(type.key(), message->mutable_map()->mutable_key_type());
      ToProto(type.value(), message->mutable_map()->mutable_value_type());
      message->mutable_map()->set_value_contains_null(type.contains_null());
      return;
    case TypeKind::kStruct: FieldsToProto(type.fields(), message->mutable_struct_()); return;
    case TypeKind::kVariant: message->mutable_variant(); return;
    case TypeKind::kUdt: UdtToProto(type, message->mutable_udt()); return;
  }
}

}  // namespace pyrite::connect
