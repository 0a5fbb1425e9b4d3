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

using PutField = bool (*)(const CsvCell& cell, Field field, const CsvTarget& target, idx_t row);

template <PutField put>
bool PutAll(const CsvCell& cell, size_t place, sources::CsvLines& lines, const CsvTarget& target,
            idx_t row) {
  const std::string_view null_value = cell.context->csv.dialect.null_value;
  for (const sources::CsvRecord& record : lines.records()) {
    if (place >= record.count || lines.fields()[record.first + place] == null_value) {
      target.PutNull(row);
    } else if (!put(cell, lines.fields()[record.first + place], target, row)) {
      return false;
    }
    ++row;
  }
  return true;
}

template <PutField put>
CsvCell Cell(const DataType& type, const CsvContext& context) {
  return {type, &context, put, PutAll<put>};
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
  switch (type.kind()) {
    case TypeKind::kBoolean: return Cell<PutBoolean>(type, context);
    case TypeKind::kByte: return Cell<PutInteger<int8_t>>(type, context);
    case TypeKind::kShort: return Cell<PutInteger<int16_t>>(type, context);
    case TypeKind::kInteger: return Cell<PutInteger<int32_t>>(type, context);
    case TypeKind::kLong: return Cell<PutInteger<int64_t>>(type, context);
    case TypeKind::kFloat: return Cell<PutFloating<float>>(type, context);
    case TypeKind::kDouble: return Cell<PutFloating<double>>(type, context);
    case TypeKind::kDecimal: return Cell<PutDecimalField>(type, context);
    case TypeKind::kString:
    case TypeKind::kChar:
    case TypeKind::kVarchar:
    case TypeKind::kBinary: return Cell<PutText>(type, context);
    case TypeKind::kDate: return Cell<PutDate>(type, context);
    case TypeKind::kTimestamp: return Cell<PutTimestamp>(type, context);
    case TypeKind::kTimestampNtz: return Cell<PutTimestampNtz>(type, context);
    case TypeKind::kYearMonthInterval: return Cell<PutInterval<int32_t>>(type, context);
    case TypeKind::kDayTimeInterval: return Cell<PutInterval<int64_t>>(type, context);
    default: throw errors::UnsupportedFeature("reading " + type.ToSql() + " from CSV");
  }
}

}  // namespace pyrite::lower
