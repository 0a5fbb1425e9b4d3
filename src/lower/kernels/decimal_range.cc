#include "lower/kernels/decimal_range.h"

#include <algorithm>
#include <limits>

#include "duckdb/storage/statistics/numeric_stats.hpp"
#include "lower/kernels/decimal.h"

namespace pyrite::lower {
namespace {

Int128 UnscaledValue(const duckdb::Value& value) {
  switch (value.type().InternalType()) {
    case duckdb::PhysicalType::INT16: return value.GetValueUnsafe<int16_t>();
    case duckdb::PhysicalType::INT32: return value.GetValueUnsafe<int32_t>();
    case duckdb::PhysicalType::INT64: return value.GetValueUnsafe<int64_t>();
    default: return FromHugeint(value.GetValueUnsafe<duckdb::hugeint_t>());
  }
}

duckdb::Value MakeDecimal(const duckdb::LogicalType& type, Int128 value) {
  auto width = static_cast<uint8_t>(PrecisionOf(type)), scale = static_cast<uint8_t>(ScaleOf(type));
  if (type.InternalType() == duckdb::PhysicalType::INT128) {
    return duckdb::Value::DECIMAL(ToHugeint(value), width, scale);
  }
  return duckdb::Value::DECIMAL(static_cast<int64_t>(value), width, scale);
}

std::optional<DecimalRange> Product(const DecimalRange& left, const DecimalRange& right) {
  Int128 corners[4];
  bool overflows = __builtin_mul_overflow(left.least, right.least, &corners[0]) |
                   __builtin_mul_overflow(left.least, right.greatest, &corners[1]) |
                   __builtin_mul_overflow(left.greatest, right.least, &corners[2]) |
                   __builtin_mul_overflow(left.greatest, right.greatest, &corners[3]);
  if (overflows) return std::nullopt;
  auto [least, greatest] = std::minmax_element(std::begin(corners), std::end(corners));
  return DecimalRange{*least, *greatest};
}

}  // namespace

bool DecimalRange::FitsPrecision(int precision) const {
  return pyrite::FitsPrecision(least, precision) && pyrite::FitsPrecision(greatest, precision);
}

bool DecimalRange::FitsInt64() const {
  return least >= std::numeric_limits<int64_t>::min() &&
         greatest <= std::numeric_limits<int64_t>::max();
}

std::optional<DecimalRange> RangeOf(const duckdb::BaseStatistics& statistics) {
  if (statistics.GetType().id() != duckdb::LogicalTypeId::DECIMAL ||
      !duckdb::NumericStats::HasMinMax(statistics)) {
    return std::nullopt;
  }
  return DecimalRange{UnscaledValue(duckdb::NumericStats::Min(statistics)),
                      UnscaledValue(duckdb::NumericStats::Max(statistics))};
}

std::optional<DecimalRange> CombineRanges(ExactOperation operation, const DecimalRange& left,
                                          const DecimalRange& right, Int128 left_factor,
                                          Int128 right_factor) {
  if (operation == ExactOperation::kMultiply) return Product(left, right);
  auto a = Product(left, {left_factor, left_factor});
  auto b = Product(right, {right_factor, right_factor});
  if (!a.has_value() || !b.has_value()) return std::nullopt;
  DecimalRange sum;
  bool overflows = operation == ExactOperation::kAdd
                       ? __builtin_add_overflow(a->least, b->least, &sum.least) |
                             __builtin_add_overflow(a->greatest, b->greatest, &sum.greatest)
                       : __builtin_sub_overflow(a->least, b->greatest, &sum.least) |
                             __builtin_sub_overflow(a->greatest, b->least, &sum.greatest);
  if (overflows) return std::nullopt;
  return sum;
}

duckdb::BaseStatistics StatisticsOf(const duckdb::LogicalType& type, const DecimalRange& range) {
  auto statistics = duckdb::NumericStats::CreateEmpty(type);
  duckdb::NumericStats::SetMin(statistics, MakeDecimal(type, range.least));
  duckdb::NumericStats::SetMax(statistics, MakeDecimal(type, range.greatest));
  return statistics;
}

}  // namespace pyrite::lower
