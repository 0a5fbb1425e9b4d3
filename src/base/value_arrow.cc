#include "base/value_arrow.h"

#include <arrow/array.h>

#include <cstring>

#include "base/errors.h"

namespace pyrite {
namespace {

template <typename Array>
Value Integer(const arrow::Array& array, int64_t row) {
  return Value(static_cast<int64_t>(static_cast<const Array&>(array).Value(row)));
}

template <typename Array>
Value Text(const arrow::Array& array, int64_t row) {
  return Value(std::string(static_cast<const Array&>(array).GetView(row)));
}

Value Decimal(const arrow::Array& array, int64_t row) {
  Int128 unscaled;
  const auto& decimals = static_cast<const arrow::Decimal128Array&>(array);
  std::memcpy(&unscaled, decimals.GetValue(row), sizeof(unscaled));
  return Value(unscaled);
}

Value List(const arrow::ListArray& lists, int64_t row, const DataType& element) {
  Values values;
  for (int64_t i = lists.value_offset(row); i < lists.value_offset(row + 1); ++i) {
    values.push_back(ValueFromArrow(*lists.values(), i, element));
  }
  return Value(std::move(values));
}

Value Map(const arrow::MapArray& maps, int64_t row, const DataType& type) {
  Values values;
  for (int64_t i = maps.value_offset(row); i < maps.value_offset(row + 1); ++i) {
    values.push_back(ValueFromArrow(*maps.keys(), i, type.key()));
    values.push_back(ValueFromArrow(*maps.items(), i, type.value()));
  }
  return Value(std::move(values));
}

Value Struct(const arrow::StructArray& structs, int64_t row, const DataType& type) {
  Values values;
  for (int i = 0; i < structs.num_fields(); ++i) {
    values.push_back(ValueFromArrow(*structs.field(i), row, type.fields()[i].type));
  }
  return Value(std::move(values));
}

}  // namespace

Value ValueFromArrow(const arrow::Array& array, int64_t row, const DataType& type) {
  if (array.IsNull(row)) return Value();
  switch (array.type_id()) {
    case arrow::Type::BOOL: return Value(static_cast<const arrow::BooleanArray&>(array).Value(row));
    case arrow::Type::INT8: return Integer<arrow::Int8Array>(array, row);
    case arrow::Type::INT16: return Integer<arrow::Int16Array>(array, row);
    case arrow::Type::INT32: return Integer<arrow::Int32Array>(array, row);
    case arrow::Type::INT64: return Integer<arrow::Int64Array>(array, row);
    case arrow::Type::DATE32: return Integer<arrow::Date32Array>(array, row);
    case arrow::Type::TIMESTAMP: return Integer<arrow::TimestampArray>(array, row);
    case arrow::Type::TIME64: return Integer<arrow::Time64Array>(array, row);
    case arrow::Type::DURATION: return Integer<arrow::DurationArray>(array, row);
    case arrow::Type::INTERVAL_MONTHS: return Integer<arrow::MonthIntervalArray>(array, row);
    case arrow::Type::FLOAT:
      return Value(double{static_cast<const arrow::FloatArray&>(array).Value(row)});
    case arrow::Type::DOUBLE:
      return Value(static_cast<const arrow::DoubleArray&>(array).Value(row));
    case arrow::Type::DECIMAL128: return Decimal(array, row);
    case arrow::Type::STRING:
    case arrow::Type::BINARY: return Text<arrow::BinaryArray>(array, row);
    case arrow::Type::LARGE_STRING:
    case arrow::Type::LARGE_BINARY: return Text<arrow::LargeBinaryArray>(array, row);
    case arrow::Type::STRING_VIEW:
    case arrow::Type::BINARY_VIEW: return Text<arrow::BinaryViewArray>(array, row);
    case arrow::Type::INTERVAL_MONTH_DAY_NANO: {
      auto value = static_cast<const arrow::MonthDayNanoIntervalArray&>(array).GetValue(row);
      return Value(CalendarInterval{value.months, value.days, value.nanoseconds / 1000});
    }
    case arrow::Type::LIST:
      return List(static_cast<const arrow::ListArray&>(array), row, type.element());
    case arrow::Type::MAP: return Map(static_cast<const arrow::MapArray&>(array), row, type);
    case arrow::Type::STRUCT:
      return Struct(static_cast<const arrow::StructArray&>(array), row, type);
    default: throw errors::UnsupportedFeature("constants of Arrow's " + array.type()->ToString());
  }
}

}  // namespace pyrite
