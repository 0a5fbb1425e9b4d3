#include "base/type_arrow.h"

#include <arrow/type.h>
#include <arrow/util/key_value_metadata.h>

#include "base/error.h"
#include "base/errors.h"

namespace pyrite {
namespace {

constexpr char kVariantMark[] = "variant";

std::shared_ptr<arrow::Field> ToArrowField(const std::string& name, const DataType& type,
                                           bool nullable, const std::string& time_zone) {
  return arrow::field(name, ToArrow(type, time_zone), nullable);
}

std::shared_ptr<arrow::DataType> VariantToArrow() {
  auto mark = arrow::key_value_metadata({kVariantMark}, {"true"});
  return arrow::struct_({arrow::field("value", arrow::binary(), false),
                         arrow::field("metadata", arrow::binary(), false, mark)});
}

bool IsVariant(const arrow::StructType& type) {
  if (type.num_fields() != 2 || type.field(1)->name() != "metadata") return false;
  const auto& metadata = type.field(1)->metadata();
  return metadata != nullptr && metadata->Contains(kVariantMark);
}

arrow::FieldVector ToArrowFields(const std::vector<StructField>& fields,
                                 const std::string& time_zone) {
  arrow::FieldVector out;
  out.reserve(fields.size());
  for (const StructField& field : fields) {
    out.push_back(ToArrowField(field.name, field.type, field.nullable, time_zone));
  }
  return out;
}

[[noreturn]] void ThrowUnsupported(const arrow::DataType& type) {
  throw SparkError("UNSUPPORTED_ARROWTYPE", {{"typeName", type.ToString()}});
}

std::vector<StructField> FromArrowFields(const arrow::FieldVector& fields) {
  std::vector<StructField> out;
  out.reserve(fields.size());
  for (const auto& field : fields) {
    out.push_back({field->name(), FromArrow(*field->type()), field->nullable(), ""});
  }
  return out;
}

DataType TimestampFromArrow(const arrow::TimestampType& type) {
  return type.timezone().empty() ? DataType::TimestampNtz() : DataType::Timestamp();
}

template <typename List>
DataType ListFromArrow(const arrow::DataType& type) {
  const auto& element = *static_cast<const List&>(type).value_field();
  return DataType::Array(FromArrow(*element.type()), element.nullable());
}

}  // namespace

std::shared_ptr<arrow::DataType> ToArrow(const DataType& type, const std::string& time_zone) {
  switch (type.kind()) {
    case TypeKind::kNull: return arrow::null();
    case TypeKind::kBoolean: return arrow::boolean();
    case TypeKind::kByte: return arrow::int8();
    case TypeKind::kShort: return arrow::int16();
    case TypeKind::kInteger: return arrow::int32();
    case TypeKind::kLong: return arrow::int64();
    case TypeKind::kFloat: return arrow::float32();
    case TypeKind::kDouble: return arrow::float64();
    case TypeKind::kDecimal: return arrow::decimal128(type.precision(), type.scale());
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar: return arrow::utf8();
    case TypeKind::kBinary: return arrow::binary();
    case TypeKind::kDate: return arrow::date32();
    case TypeKind::kTime: return arrow::time64(arrow::TimeUnit::NANO);
    case TypeKind::kTimestamp: return arrow::timestamp(arrow::TimeUnit::MICRO, time_zone);
    case TypeKind::kTimestampNtz: return arrow::timestamp(arrow::TimeUnit::MICRO);
    case TypeKind::kYearMonthInterval: return arrow::month_interval();
    case TypeKind::kDayTimeInterval: return arrow::duration(arrow::TimeUnit::MICRO);
    case TypeKind::kCalendarInterval: return arrow::month_day_nano_interval();
    case TypeKind::kArray:
      return arrow::list(ToArrowField("element", type.element(), type.contains_null(), time_zone));
    case TypeKind::kMap:
      return std::make_shared<arrow::MapType>(
          ToArrowField("key", type.key(), false, time_zone),
          ToArrowField("value", type.value(), type.contains_null(), time_zone));
    case TypeKind::kStruct: return arrow::struct_(ToArrowFields(type.fields(), time_zone));
    case TypeKind::kVariant: return VariantToArrow();
    case TypeKind::kUdt: return ToArrow(type.udt_sql_type(), time_zone);
  }
  throw errors::Internal("no Arrow type for " + type.ToSql());
}

std::shared_ptr<arrow::Schema> ToArrow(const Schema& schema, const std::string& time_zone) {
  return arrow::schema(ToArrowFields(schema, time_zone));
}

DataType FromArrow(const arrow::DataType& type) {
  switch (type.id()) {
    case arrow::Type::NA: return DataType::Null();
    case arrow::Type::BOOL: return DataType::Boolean();
    case arrow::Type::INT8: return DataType::Byte();
    case arrow::Type::INT16: return DataType::Short();
    case arrow::Type::INT32: return DataType::Integer();
    case arrow::Type::INT64: return DataType::Long();
    case arrow::Type::FLOAT: return DataType::Float();
    case arrow::Type::DOUBLE: return DataType::Double();
    case arrow::Type::DECIMAL32:
    case arrow::Type::DECIMAL64:
    case arrow::Type::DECIMAL128: {
      const auto& decimal = static_cast<const arrow::DecimalType&>(type);
      return DataType::Decimal(decimal.precision(), decimal.scale());
    }
    case arrow::Type::STRING:
    case arrow::Type::LARGE_STRING:
    case arrow::Type::STRING_VIEW: return DataType::String();
    case arrow::Type::BINARY:
    case arrow::Type::LARGE_BINARY:
    case arrow::Type::BINARY_VIEW:
    case arrow::Type::FIXED_SIZE_BINARY: return DataType::Binary();
    case arrow::Type::DATE32: return DataType::Date();
    case arrow::Type::TIME64: return DataType::Time();
    case arrow::Type::TIMESTAMP:
      return TimestampFromArrow(static_cast<const arrow::TimestampType&>(type));
    case arrow::Type::INTERVAL_MONTHS: return DataType::YearMonthInterval();
    case arrow::Type::DURATION: return DataType::DayTimeInterval();
    case arrow::Type::INTERVAL_MONTH_DAY_NANO: return DataType::CalendarInterval();
    case arrow::Type::LIST: return ListFromArrow<arrow::ListType>(type);
    case arrow::Type::LARGE_LIST: return ListFromArrow<arrow::LargeListType>(type);
    case arrow::Type::FIXED_SIZE_LIST: return ListFromArrow<arrow::FixedSizeListType>(type);
    case arrow::Type::MAP: {
      const auto& map = static_cast<const arrow::MapType&>(type);
      return DataType::Map(FromArrow(*map.key_type()), FromArrow(*map.item_type()),
                           map.item_field()->nullable());
    }
    case arrow::Type::STRUCT: {
      const auto& record = static_cast<const arrow::StructType&>(type);
      if (IsVariant(record)) return DataType::Variant();
      return DataType::Struct(FromArrowFields(record.fields()));
    }
    case arrow::Type::DICTIONARY:
      return FromArrow(*static_cast<const arrow::DictionaryType&>(type).value_type());
    default: ThrowUnsupported(type);
  }
}

Schema FromArrow(const arrow::Schema& schema) { return FromArrowFields(schema.fields()); }

}  // namespace pyrite
