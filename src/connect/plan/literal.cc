// Constants. A nested one says its type once: at its root in data_type, or in the older fields of
// each level.
#include <algorithm>
#include <bit>
#include <cmath>

#include "connect/plan/convert_internal.h"
#include "connect/type_proto.h"

namespace pyrite::connect {
namespace {

using Message = proto::Expression::Literal;

struct Decimal {
  Int128 unscaled = 0;
  int precision = 1;
  int scale = 0;
};

// "-12.50", "1E+3": Java's BigDecimal syntax.
Decimal ParseDecimal(const std::string& text) {
  auto fail = [&] { RaiseMalformed("'" + text + "' is not a decimal."); };
  size_t at = 0;
  bool negative = false;
  if (at < text.size() && (text[at] == '-' || text[at] == '+')) negative = text[at++] == '-';
  unsigned __int128 digits = 0;
  int scale = 0, significant = 0, seen = 0;
  bool after_point = false;
  for (; at < text.size() && text[at] != 'e' && text[at] != 'E'; ++at) {
    if (text[at] == '.' && !after_point) {
      after_point = true;
      continue;
    }
    if (text[at] < '0' || text[at] > '9') fail();
    digits = digits * 10 + static_cast<unsigned>(text[at] - '0');
    if (digits != 0) ++significant;
    if (significant > 38) {
      throw SparkError(
          "NUMERIC_VALUE_OUT_OF_RANGE.WITHOUT_SUGGESTION",
          {{"roundedValue", text}, {"originalValue", text}, {"precision", "38"}, {"scale", "0"}});
    }
    scale += after_point;
    ++seen;
  }
  if (seen == 0) fail();
  if (at < text.size()) {
    char* end = nullptr;
    long exponent = std::strtol(text.c_str() + at + 1, &end, 10);
    if (end == text.c_str() + at + 1 || *end != 0 || exponent < -100 || exponent > 100) fail();
    scale -= static_cast<int>(exponent);
  }
  for (; scale < 0; ++scale) {  // Spark's decimals have no negative scale
    digits *= 10;
    if (digits != 0) ++significant;
  }
  if (std::max(significant, scale) > 38) fail();
  Int128 value = static_cast<Int128>(digits);
  return {negative ? -value : value, std::max({significant, scale, 1}), scale};
}

Literal DecimalLiteral(const Message::Decimal& message) {
  Decimal decimal = ParseDecimal(message.value());
  int precision = decimal.precision;
  int scale = decimal.scale;
  if (message.has_precision()) precision = std::max(precision, message.precision());
  if (message.has_scale()) scale = std::max(scale, message.scale());
  if (scale > 38) RaiseMalformed("'" + message.value() + "' is not a decimal.");
  for (int i = decimal.scale; i < scale; ++i) decimal.unscaled *= 10;
  return {DataType::Decimal(std::min(std::max(precision, scale), 38), scale),
          Value(decimal.unscaled)};
}

Value Nested(const google::protobuf::RepeatedPtrField<Message>& elements) {
  Values values;
  values.reserve(elements.size());
  for (const Message& element : elements) values.push_back(ToLiteral(element).value);
  return Value(std::move(values));
}

DataType ElementType(const google::protobuf::RepeatedPtrField<Message>& elements) {
  DataType type;
  for (const Message& element : elements) {
    type = ToLiteral(element).type;
    if (!type.Is(TypeKind::kNull)) break;
  }
  return type;
}

bool HasNull(const google::protobuf::RepeatedPtrField<Message>& elements) {
  return std::any_of(elements.begin(), elements.end(),
                     [](const Message& m) { return m.has_null(); });
}

Literal ArrayLiteral(const Message& message) {
  const Message::Array& array = message.array();
  DataType type;
  if (message.has_data_type()) {
    type = FromProto(message.data_type());
  } else {
    if (!array.has_element_type() && array.elements().empty()) {
      RaiseInvalidPlan("ARRAY_LITERAL_MISSING_DATA_TYPE");
    }
    type = DataType::Array(
        array.has_element_type() ? FromProto(array.element_type()) : ElementType(array.elements()),
        array.has_element_type() || HasNull(array.elements()));
  }
  return {std::move(type), Nested(array.elements())};
}

Literal MapLiteral(const Message& message) {
  const Message::Map& map = message.map();
  if (map.keys_size() != map.values_size()) RaiseMalformed("A map has more keys than values.");
  Values values;
  for (int i = 0; i < map.keys_size(); ++i) {
    values.push_back(ToLiteral(map.keys(i)).value);
    values.push_back(ToLiteral(map.values(i)).value);
  }
  DataType type;
  if (message.has_data_type()) {
    type = FromProto(message.data_type());
  } else {
    bool untyped = !map.has_key_type() || !map.has_value_type();
    if (untyped && map.keys().empty()) RaiseInvalidPlan("MAP_LITERAL_MISSING_DATA_TYPE");
    type = DataType::Map(
        map.has_key_type() ? FromProto(map.key_type()) : ElementType(map.keys()),
        map.has_value_type() ? FromProto(map.value_type()) : ElementType(map.values()),
        map.has_value_type() || HasNull(map.values()));
  }
  return {std::move(type), Value(std::move(values))};
}

Literal StructLiteral(const Message& message) {
  const Message::Struct& fields = message.struct_();
  if (!message.has_data_type() && !fields.has_struct_type()) {
    RaiseInvalidPlan("STRUCT_LITERAL_MISSING_DATA_TYPE");
  }
  DataType type = FromProto(message.has_data_type() ? message.data_type() : fields.struct_type());
  if (!type.Is(TypeKind::kStruct) ||
      type.fields().size() != static_cast<size_t>(fields.elements_size())) {
    RaiseMalformed("A struct's values do not match its type.");
  }
  return {std::move(type), Nested(fields.elements())};
}

template <typename List, typename Make>
Literal Specialized(const List& list, DataType element, Make make) {
  Values values;
  values.reserve(list.values_size());
  for (const auto& value : list.values()) values.push_back(make(value));
  return {DataType::Array(std::move(element), false), Value(std::move(values))};
}

Literal SpecializedArray(const Message::SpecializedArray& array) {
  auto integer = [](auto value) { return Value(static_cast<int64_t>(value)); };
  auto real = [](auto value) { return Value(static_cast<double>(value)); };
  switch (array.value_type_case()) {
    case Message::SpecializedArray::kBools:
      return Specialized(array.bools(), DataType::Boolean(),
                         [](bool value) { return Value(value); });
    case Message::SpecializedArray::kInts:
      return Specialized(array.ints(), DataType::Integer(), integer);
    case Message::SpecializedArray::kLongs:
      return Specialized(array.longs(), DataType::Long(), integer);
    case Message::SpecializedArray::kFloats:
      return Specialized(array.floats(), DataType::Float(), real);
    case Message::SpecializedArray::kDoubles:
      return Specialized(array.doubles(), DataType::Double(), real);
    case Message::SpecializedArray::kStrings:
      return Specialized(array.strings(), DataType::String(),
                         [](const std::string& value) { return Value(value); });
    case Message::SpecializedArray::VALUE_TYPE_NOT_SET: break;
  }
  RaiseMalformed("An array literal has no values field.");
}

Literal Plain(const Message& message) {
  auto integer = [](int64_t value) { return Value(value); };
  switch (message.literal_type_case()) {
    case Message::kNull:
      return Literal::Null(message.has_data_type() ? FromProto(message.data_type())
                                                   : FromProto(message.null()));
    case Message::kBinary: return {DataType::Binary(), Value(message.binary())};
    case Message::kBoolean: return Literal::Boolean(message.boolean());
    case Message::kByte: return {DataType::Byte(), integer(message.byte())};
    case Message::kShort: return {DataType::Short(), integer(message.short_())};
    case Message::kInteger: return Literal::Int(message.integer());
    case Message::kLong: return Literal::Long(message.long_());
    case Message::kFloat: return {DataType::Float(), Value(static_cast<double>(message.float_()))};
    case Message::kDouble: return Literal::Double(message.double_());
    case Message::kDecimal: return DecimalLiteral(message.decimal());
    case Message::kString: return Literal::String(message.string());
    case Message::kDate: return {DataType::Date(), integer(message.date())};
    case Message::kTimestamp: return {DataType::Timestamp(), integer(message.timestamp())};
    case Message::kTimestampNtz:
      return {DataType::TimestampNtz(), integer(message.timestamp_ntz())};
    case Message::kCalendarInterval:
      return {DataType::CalendarInterval(),
              Value(CalendarInterval{message.calendar_interval().months(),
                                     message.calendar_interval().days(),
                                     message.calendar_interval().microseconds()})};
    case Message::kYearMonthInterval:
      return {DataType::YearMonthInterval(), integer(message.year_month_interval())};
    case Message::kDayTimeInterval:
      return {DataType::DayTimeInterval(), integer(message.day_time_interval())};
    case Message::kTime:
      return {DataType::Time(message.time().has_precision() ? message.time().precision() : 6),
              integer(message.time().nano())};
    case Message::kArray: return ArrayLiteral(message);
    case Message::kMap: return MapLiteral(message);
    case Message::kStruct: return StructLiteral(message);
    case Message::kSpecializedArray: return SpecializedArray(message.specialized_array());
    case Message::LITERAL_TYPE_NOT_SET: break;
  }
  RaiseInvalidPlan("UNSUPPORTED_LITERAL_TYPE", {{"typeInfo", "LITERALTYPE_NOT_SET(0)"}});
}

}  // namespace

Literal ToLiteral(const Message& message) {
  DepthGuard guard;
  Literal literal = Plain(message);
  // Interval fields and the like: what the value alone does not say.
  if (message.has_data_type() && !literal.type.IsNested() && !literal.value.is_null()) {
    DataType said = FromProto(message.data_type());
    if (said.kind() == literal.type.kind() && said.IsAnsiInterval()) literal.type = std::move(said);
  }
  return literal;
}

void ToProto(const Literal& literal, Message* message) {
  const DataType& type = literal.type;
  const Value& value = literal.value;
  if (value.is_null()) {
    ToProto(type, message->mutable_null());
    return;
  }
  switch (type.kind()) {
    case TypeKind::kNull: ToProto(type, message->mutable_null()); return;
    case TypeKind::kBoolean: message->set_boolean(value.as_bool()); return;
    case TypeKind::kByte: message->set_byte(static_cast<int32_t>(value.as_int())); return;
    case TypeKind::kShort: message->set_short_(static_cast<int32_t>(value.as_int())); return;
    case TypeKind::kInteger: message->set_integer(static_cast<int32_t>(value.as_int())); return;
    case TypeKind::kLong: message->set_long_(value.as_int()); return;
    case TypeKind::kFloat: message->set_float_(static_cast<float>(value.as_double())); return;
    case TypeKind::kDouble: message->set_double_(value.as_double()); return;
    case TypeKind::kDecimal:
      message->mutable_decimal()->set_value(DecimalToString(value.as_decimal(), type.scale()));
      message->mutable_decimal()->set_precision(type.precision());
      message->mutable_decimal()->set_scale(type.scale());
      return;
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar: message->set_string(value.as_string()); return;
    case TypeKind::kBinary: message->set_binary(value.as_string()); return;
    case TypeKind::kDate: message->set_date(static_cast<int32_t>(value.as_int())); return;
    case TypeKind::kTime:
      message->mutable_time()->set_nano(value.as_int());
      message->mutable_time()->set_precision(type.precision());
      return;
    case TypeKind::kTimestamp: message->set_timestamp(value.as_int()); return;
    case TypeKind::kTimestampNtz: message->set_timestamp_ntz(value.as_int()); return;
    case TypeKind::kYearMonthInterval:
      message->set_year_month_interval(static_cast<int32_t>(value.as_int()));
      return;
    case TypeKind::kDayTimeInterval: message->set_day_time_interval(value.as_int()); return;
    case TypeKind::kCalendarInterval: {
      auto* interval = message->mutable_calendar_interval();
      interval->set_months(value.as_interval().months);
      interval->set_days(value.as_interval().days);
      interval->set_microseconds(value.as_interval().microseconds);
      return;
    }
    case TypeKind::kArray:
      ToProto(type.element(), message->mutable_array()->mutable_element_type());
      for (const Value& element : value.children()) {
        ToProto({type.element(), element}, message->mutable_array()->add_elements());
      }
      return;
    case TypeKind::kMap:
      ToProto(type.key(), message->mutable_map()->mutable_key_type());
      ToProto(type.value(), message->mutable_map()->mutable_value_type());
      for (size_t i = 0; i + 1 < value.children().size(); i += 2) {
        ToProto({type.key(), value.children()[i]}, message->mutable_map()->add_keys());
        ToProto({type.value(), value.children()[i + 1]}, message->mutable_map()->add_values());
      }
      return;
    case TypeKind::kStruct:
      ToProto(type, message->mutable_struct_()->mutable_struct_type());
      for (size_t i = 0; i < type.fields().size(); ++i) {
        ToProto({type.fields()[i].type, value.children()[i]},
                message->mutable_struct_()->add_elements());
      }
      return;
    case TypeKind::kVariant:
    case TypeKind::kUdt: break;
  }
  RaiseMalformed("The protocol has no literal of type " + type.ToSql() + ".");
}

}  // namespace pyrite::connect
