#include "lower/files/csv_cell.h"

#include <limits>

#include "base/errors.h"
#include "base/text/decimal_text.h"
#include "base/text/text_to_datetime.h"
#include "base/text/text_to_interval.h"
#include "lower/files/cell.h"
#include "sources/text/java_number.h"

namespace pyrite::lower {
namespace {

using duckdb::idx_t;
using Field = std::string_view;

template <typename T>
bool PutInteger(const CsvCell&, Field field, const CsvTarget& target, idx_t row) {
  auto value = sources::JavaLong(field);
  if (!value || *value != static_cast<T>(*value)) return false;
  target.Put(row, static_cast<T>(*value));
  return true;
}

template <typename T>
bool PutFloating(const CsvCell& cell, Field field, const CsvTarget& target, idx_t row) {
  const sources::CsvOptions& csv = cell.context->csv;
  if (field == csv.nan_value) {
    target.Put(row, std::numeric_limits<T>::quiet_NaN());
  } else if (field == csv.positive_infinity) {
    target.Put(row, std::numeric_limits<T>::infinity());
  } else if (field == csv.negative_infinity) {
    target.Put(row, -std::numeric_limits<T>::infinity());
  } else {
    std::optional<T> value;
    if constexpr (sizeof(T) == 4) {
      value = sources::JavaFloat(field);
    } else {
      value = sources::JavaDouble(field);
    }
    if (!value) return false;
    target.Put(row, *value);
  }
  return true;
}

bool PutBoolean(const CsvCell&, Field field, const CsvTarget& target, idx_t row) {
  auto value = sources::JavaBoolean(field);
  if (value) target.Put(row, *value);
  return value.has_value();
}

bool PutDecimalField(const CsvCell& cell, Field field, const CsvTarget& target, idx_t row) {
  Int128 value = 0;
  if (!sources::JavaBigDecimal(field)) return false;
  if (TextToDecimal(field, cell.type.precision(), cell.type.scale(), &value) !=
      DecimalOutcome::kOk) {
    return false;
  }
  WithDecimalType(cell.type.precision(),
                  [&](auto zero) { target.Put(row, NarrowTo<decltype(zero)>(value)); });
  return true;
}

bool PutText(const CsvCell&, Field field, const CsvTarget& target, idx_t row) {
  target.Put(row, field.size() <= duckdb::string_t::INLINE_LENGTH
                      ? duckdb::string_t(field.data(), static_cast<uint32_t>(field.size()))
                      : target.heap->AddBlob(field.data(), field.size()));
  return true;
}

bool PutDate(const CsvCell& cell, Field field, const CsvTarget& target, idx_t row) {
  auto days = cell.context->datetimes.Date(field);
  if (days) target.Put(row, *days);
  return days.has_value();
}

bool PutTimestamp(const CsvCell& cell, Field field, const CsvTarget& target, idx_t row) {
  auto micros = cell.context->datetimes.Timestamp(field);
  if (micros) target.Put(row, *micros);
  return micros.has_value();
}

template <typename T>
bool PutInterval(const CsvCell& cell, Field field, const CsvTarget& target, idx_t row) {
  int64_t value = 0;
  if (TextToInterval(field, cell.type, &value) != IntervalOutcome::kOk) return false;
  target.Put(row, static_cast<T>(value));
  return true;
}

bool PutTimestampNtz(const CsvCell& cell, Field field, const CsvTarget& target, idx_t row) {
  auto micros = cell.context->datetimes.TimestampNtz(field);
  if (micros) target.Put(row, *micros);
  return micros.has_value();
}

}  // namespace

CsvTarget::CsvTarget(duckdb::Vector& vector)
    : data(duckdb::FlatVector::GetDataMutable(vector)),
      validity(&duckdb::FlatVector::ValidityMutable(vector)) {
  if (vector.GetType().InternalType() == duckdb::PhysicalType::VARCHAR) {
    heap = &duckdb::StringVector::GetStringHeap(vector);
  }
}

CsvCell BindCsvCell(const DataType& type, const CsvContext& context) {
  CsvCell cell{type, &context, nullptr};
  switch (type.kind()) {
    case TypeKind::kBoolean: cell.put = PutBoolean; break;
    case TypeKind::kByte: cell.put = PutInteger<int8_t>; break;
    case TypeKind::kShort: cell.put = PutInteger<int16_t>; break;
    case TypeKind::kInteger: cell.put = PutInteger<int32_t>; break;
    case TypeKind::kLong: cell.put = PutInteger<int64_t>; break;
    case TypeKind::kFloat: cell.put = PutFloating<float>; break;
    case TypeKind::kDouble: cell.put = PutFloating<double>; break;
    case TypeKind::kDecimal: cell.put = PutDecimalField; break;
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar:
    case TypeKind::kBinary: cell.put = PutText; break;
    case TypeKind::kDate: cell.put = PutDate; break;
    case TypeKind::kTimestamp: cell.put = PutTimestamp; break;
    case TypeKind::kTimestampNtz: cell.put = PutTimestampNtz; break;
    case TypeKind::kYearMonthInterval: cell.put = PutInterval<int32_t>; break;
    case TypeKind::kDayTimeInterval: cell.put = PutInterval<int64_t>; break;
    default: throw errors::UnsupportedFeature("reading " + type.ToSql() + " from CSV");
  }
  return cell;
}

}  // namespace pyrite::lower
