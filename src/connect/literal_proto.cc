#include "connect/literal_proto.h"

#include <arrow/api.h>

#include "base/errors.h"
#include "connect/type_proto.h"

namespace pyrite::connect {
namespace {

using Message = proto::Expression::Literal;

template <typename A>
auto ValueAt(const arrow::Array& array, int64_t row) {
  return static_cast<const A&>(array).Value(row);
}

std::string BytesAt(const arrow::Array& array, int64_t row) {
  return std::string(static_cast<const arrow::BinaryArray&>(array).GetView(row));
}

void SetDecimal(const arrow::Array& array, int64_t row, const DataType& type, Message* message) {
  auto* decimal = message->mutable_decimal();
  decimal->set_value(static_cast<const arrow::Decimal128Array&>(array).FormatValue(row));
  decimal->set_precision(type.precision());
  decimal->set_scale(type.scale());
}

void SetInterval(const arrow::Array& array, int64_t row, Message* message) {
  auto value = ValueAt<arrow::MonthDayNanoIntervalArray>(array, row);
  message->mutable_calendar_interval()->set_months(value.months);
  message->mutable_calendar_interval()->set_days(value.days);
  message->mutable_calendar_interval()->set_microseconds(value.nanoseconds / 1000);
}

// Each level says its types: clients read them there.
void SetArray(const arrow::Array& array, int64_t row, const DataType& type, Message* message) {
  const auto& list = static_cast<const arrow::ListArray&>(array);
  ToProto(type.element(), message->mutable_array()->mutable_element_type());
  for (int64_t i = list.value_offset(row); i < list.value_offset(row + 1); ++i) {
    ToProto(*list.values(), i, type.element(), message->mutable_array()->add_elements());
  }
}

void SetMap(const arrow::Array& array, int64_t row, const DataType& type, Message* message) {
  const auto& map = static_cast<const arrow::MapArray&>(array);
  ToProto(type.key(), message->mutable_map()->mutable_key_type());
  ToProto(type.value(), message->mutable_map()->mutable_value_type());
  for (int64_t i = map.value_offset(row); i < map.value_offset(row + 1); ++i) {
    ToProto(*map.keys(), i, type.key(), message->mutable_map()->add_keys());
    ToProto(*map.items(), i, type.value(), message->mutable_map()->add_values());
  }
}

void SetStruct(const arrow::Array& array, int64_t row, const DataType& type, Message* message) {
  const auto& fields = static_cast<const arrow::StructArray&>(array);
  ToProto(type, message->mutable_struct_()->mutable_struct_type());
  for (size_t i = 0; i < type.fields().size(); ++i) {
    ToProto(*fields.field(static_cast<int>(i)), row, type.fields()[i].type,
            message->mutable_struct_()->add_elements());
  }
}

}  // namespace

void ToProto(const arrow::Array& array, int64_t row, const DataType& type, Message* message) {
  if (array.IsNull(row) || type.Is(TypeKind::kNull)) {
    return ToProto(type, message->mutable_null());
  }
  switch (type.kind()) {
    case TypeKind::kBoolean: return message->set_boolean(ValueAt<arrow::BooleanArray>(array, row));
    case TypeKind::kByte: return message->set_byte(ValueAt<arrow::Int8Array>(array, row));
    case TypeKind::kShort: return message->set_short_(ValueAt<arrow::Int16Array>(array, row));
    case TypeKind::kInteger: return message->set_integer(ValueAt<arrow::Int32Array>(array, row));
    case TypeKind::kLong: return message->set_long_(ValueAt<arrow::Int64Array>(array, row));
    case TypeKind::kFloat: return message->set_float_(ValueAt<arrow::FloatArray>(array, row));
    case TypeKind::kDouble: return message->set_double_(ValueAt<arrow::DoubleArray>(array, row));
    case TypeKind::kDecimal: return SetDecimal(array, row, type, message);
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar: return message->set_string(BytesAt(array, row));
    case TypeKind::kBinary: return message->set_binary(BytesAt(array, row));
    case TypeKind::kDate: return message->set_date(ValueAt<arrow::Date32Array>(array, row));
    case TypeKind::kTimestamp:
      return message->set_timestamp(ValueAt<arrow::TimestampArray>(array, row));
    case TypeKind::kTimestampNtz:
      return message->set_timestamp_ntz(ValueAt<arrow::TimestampArray>(array, row));
    case TypeKind::kYearMonthInterval:
      return message->set_year_month_interval(ValueAt<arrow::MonthIntervalArray>(array, row));
    case TypeKind::kDayTimeInterval:
      return message->set_day_time_interval(ValueAt<arrow::DurationArray>(array, row));
    case TypeKind::kTime:
      message->mutable_time()->set_nano(ValueAt<arrow::Time64Array>(array, row));
      message->mutable_time()->set_precision(type.precision());
      return;
    case TypeKind::kCalendarInterval: return SetInterval(array, row, message);
    case TypeKind::kArray: return SetArray(array, row, type, message);
    case TypeKind::kMap: return SetMap(array, row, type, message);
    case TypeKind::kStruct: return SetStruct(array, row, type, message);
    case TypeKind::kNull:
    case TypeKind::kVariant:
    case TypeKind::kUdt: break;
  }
  throw errors::UnsupportedFeature("an observed metric of the type " + type.ToSql());
}

}  // namespace pyrite::connect
