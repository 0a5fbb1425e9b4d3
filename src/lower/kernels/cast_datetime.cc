// Between dates and timestamps, text to them, and numbers to timestamps and back.

#include <chrono>
#include <cmath>

#include "base/text/calendar.h"
#include "base/text/datetime_text.h"
#include "base/text/decimal_text.h"
#include "base/text/text_to_datetime.h"
#include "lower/kernels/cast.h"
#include "lower/kernels/cast_errors.h"
#include "lower/kernels/number_literal.h"
#include "lower/kernels/physical.h"

namespace pyrite::lower {
namespace {

using duckdb::idx_t;
using duckdb::optional;
using duckdb::string_t;
using duckdb::UnaryExecutor;
using duckdb::Vector;

constexpr int kMicrosScale = 6;

template <typename T, typename Parse>
void ParseRows(const BoundCast& cast, Vector& source, Vector& result, idx_t count, Parse parse) {
  UnaryExecutor::Execute<string_t, T>(source, result, count, [&](string_t text) -> optional<T> {
    if (const std::optional<T> value = parse(View(text))) return *value;
    if (cast.ansi()) ThrowInvalidText(View(text), cast.to);
    return duckdb::nullopt;
  });
}

void StringToDate(const BoundCast& cast, Vector& source, Vector& result, idx_t count) {
  ParseRows<int32_t>(cast, source, result, count, TextToDate);
}

void StringToTimestamp(const BoundCast& cast, Vector& source, Vector& result, idx_t count) {
  ParseRows<int64_t>(cast, source, result, count,
                     [&](std::string_view text) { return TextToTimestamp(text, *cast.zone); });
}

void StringToNtz(const BoundCast& cast, Vector& source, Vector& result, idx_t count) {
  ParseRows<int64_t>(cast, source, result, count,
                     [](std::string_view text) { return TextToTimestampNtz(text); });
}

// Micros of a local time in `zone`; Java's overflow ends the query in every mode but try.
optional<int64_t> FromLocal(const BoundCast& cast, const TimeZone& zone, int64_t seconds,
                            int64_t micros_of_second) {
  int64_t micros = 0;
  if (zone.LocalToMicros(seconds, micros_of_second, &micros)) return micros;
  if (cast.mode != plan::EvalMode::kTry) ThrowJavaArithmetic("long overflow");
  return duckdb::nullopt;
}

template <bool with_zone>
void DateToTimestamp(const BoundCast& cast, Vector& source, Vector& result, idx_t count) {
  const TimeZone& zone = with_zone ? *cast.zone : *TimeZone::Utc();
  UnaryExecutor::Execute<int32_t, int64_t>(source, result, count, [&](int32_t days) {
    return FromLocal(cast, zone, int64_t{days} * kSecondsPerDay, 0);
  });
}

template <bool with_zone>
void TimestampToDate(const BoundCast& cast, Vector& source, Vector& result, idx_t count) {
  UnaryExecutor::Execute<int64_t, int32_t>(source, result, count, [&](int64_t micros) {
    const int64_t local = with_zone ? cast.zone->MicrosToLocal(micros) : micros;
    return static_cast<int32_t>(FloorDivide(local, kMicrosPerDay));
  });
}

void TimestampToNtz(const BoundCast& cast, Vector& source, Vector& result, idx_t count) {
  UnaryExecutor::Execute<int64_t, int64_t>(
      source, result, count, [&](int64_t micros) { return cast.zone->MicrosToLocal(micros); });
}

void NtzToTimestamp(const BoundCast& cast, Vector& source, Vector& result, idx_t count) {
  UnaryExecutor::Execute<int64_t, int64_t>(source, result, count, [&](int64_t local) {
    const int64_t seconds = FloorDivide(local, kMicrosPerSecond);
    return FromLocal(cast, *cast.zone, seconds, local - seconds * kMicrosPerSecond);
  });
}

// Java's TimeUnit conversion: saturates.
template <typename From>
void IntegralToTimestamp(const BoundCast&, Vector& source, Vector& result, idx_t count) {
  UnaryExecutor::Execute<From, int64_t>(source, result, count, [](From seconds) {
    int64_t micros = 0;
    if (!__builtin_mul_overflow(int64_t{seconds}, kMicrosPerSecond, &micros)) return micros;
    return seconds < 0 ? INT64_MIN : INT64_MAX;
  });
}

int64_t SaturateToLong(double value) {
  if (value >= 9223372036854775808.0) return INT64_MAX;
  if (value <= -9223372036854775808.0) return INT64_MIN;
  return static_cast<int64_t>(value);
}

template <typename From>
void FloatingToTimestamp(const BoundCast& cast, Vector& source, Vector& result, idx_t count) {
  const bool legacy = cast.mode == plan::EvalMode::kLegacy;
  UnaryExecutor::Execute<From, int64_t>(source, result, count, [&](From v) -> optional<int64_t> {
    const auto seconds = static_cast<double>(v);
    const double micros = seconds * kMicrosPerSecond;
    if (!std::isfinite(seconds)) {
      if (cast.ansi()) ThrowInvalidValue(NumberLiteral(v, cast.from), cast.from, cast.to);
      return duckdb::nullopt;
    }
    if (legacy || std::abs(micros) <= 9223372036854775808.0) return SaturateToLong(micros);
    if (cast.ansi()) {
      ThrowCastOverflow(DoubleLiteral(micros), DataType::Double(), DataType::Long());
    }
    return duckdb::nullopt;
  });
}

template <typename From>
void DecimalToTimestamp(const BoundCast& cast, Vector& source, Vector& result, idx_t count) {
  const int shift = cast.from.scale() - kMicrosScale;
  const Int128 power = PowerOfTen(std::abs(shift));
  UnaryExecutor::Execute<From, int64_t>(source, result, count, [&](From value) {
    const Int128 unscaled = Widen(value);
    // Only the low 64 bits stay, as with Java's longValue.
    return static_cast<int64_t>(shift > 0 ? unscaled / power
                                          : static_cast<unsigned __int128>(unscaled) * power);
  });
}

void BooleanToTimestamp(const BoundCast&, Vector& source, Vector& result, idx_t count) {
  UnaryExecutor::Execute<bool, int64_t>(source, result, count,
                                        [](bool value) { return int64_t{value}; });
}

std::string TimestampLiteral(const BoundCast& cast, int64_t micros) {
  char text[kDatetimeTextSize];
  char* end = WriteTimestamp(text, cast.zone->MicrosToLocal(micros));
  return "TIMESTAMP '" + std::string(text, end) + "'";
}

template <typename To>
void TimestampToIntegral(const BoundCast& cast, Vector& source, Vector& result, idx_t count) {
  UnaryExecutor::Execute<int64_t, To>(source, result, count, [&](int64_t micros) -> optional<To> {
    const int64_t seconds = FloorDivide(micros, kMicrosPerSecond);
    if (seconds == static_cast<To>(seconds)) return static_cast<To>(seconds);
    if (cast.ansi()) ThrowCastOverflow(TimestampLiteral(cast, micros), cast.from, cast.to);
    return duckdb::nullopt;
  });
}

template <typename To>
void TimestampToFloating(const BoundCast&, Vector& source, Vector& result, idx_t count) {
  UnaryExecutor::Execute<int64_t, To>(source, result, count, [](int64_t micros) {
    return static_cast<To>(static_cast<double>(micros) / kMicrosPerSecond);
  });
}

template <typename To>
void TimestampToDecimal(const BoundCast& cast, Vector& source, Vector& result, idx_t count) {
  const int precision = cast.to.precision();
  const int scale = cast.to.scale();
  UnaryExecutor::Execute<int64_t, To>(source, result, count, [&](int64_t micros) -> optional<To> {
    Int128 value = 0;
    if (RescaleDecimal(micros, kMicrosScale, precision, scale, &value)) {
      return NarrowTo<To>(value);
    }
    if (cast.ansi()) ThrowDecimalOverflow(DecimalToString(micros, kMicrosScale), cast.to);
    return duckdb::nullopt;
  });
}

void TimestampToBoolean(const BoundCast&, Vector& source, Vector& result, idx_t count) {
  UnaryExecutor::Execute<int64_t, bool>(source, result, count,
                                        [](int64_t micros) { return micros != 0; });
}

// Outside ANSI mode dates have casts to numbers, which give NULL.
void AlwaysNull(const BoundCast&, Vector& source, Vector& result, idx_t count) {
  result.SetVectorType(duckdb::VectorType::CONSTANT_VECTOR);
  duckdb::ConstantVector::SetNull(result, duckdb::count_t(count));
}

CastFunction FindToTimestamp(const DataType& from) {
  switch (from.kind()) {
    case TypeKind::kDate: return DateToTimestamp<true>;
    case TypeKind::kTimestampNtz: return NtzToTimestamp;
    case TypeKind::kBoolean: return BooleanToTimestamp;
    case TypeKind::kFloat: return FloatingToTimestamp<float>;
    case TypeKind::kDouble: return FloatingToTimestamp<double>;
    case TypeKind::kDecimal:
      return WithDecimalType(from.precision(), [](auto in) -> CastFunction {
        return DecimalToTimestamp<decltype(in)>;
      });
    default: break;
  }
  if (from.IsString()) return StringToTimestamp;
  if (!from.IsIntegral()) return nullptr;
  return WithIntegralType(
      from, [](auto in) -> CastFunction { return IntegralToTimestamp<decltype(in)>; });
}

CastFunction FindFromTimestamp(const DataType& to) {
  switch (to.kind()) {
    case TypeKind::kDate: return TimestampToDate<true>;
    case TypeKind::kTimestampNtz: return TimestampToNtz;
    case TypeKind::kBoolean: return TimestampToBoolean;
    case TypeKind::kFloat: return TimestampToFloating<float>;
    case TypeKind::kDouble: return TimestampToFloating<double>;
    case TypeKind::kDecimal:
      return WithDecimalType(to.precision(), [](auto out) -> CastFunction {
        return TimestampToDecimal<decltype(out)>;
      });
    default: break;
  }
  if (!to.IsIntegral()) return nullptr;
  return WithIntegralType(
      to, [](auto out) -> CastFunction { return TimestampToIntegral<decltype(out)>; });
}

}  // namespace

CastFunction FindDatetime(const BoundCast& cast) {
  const DataType& from = cast.from;
  const DataType& to = cast.to;
  if (to.Is(TypeKind::kTimestamp)) return FindToTimestamp(from);
  if (from.Is(TypeKind::kTimestamp)) return FindFromTimestamp(to);
  if (to.Is(TypeKind::kDate)) {
    if (from.IsString()) return StringToDate;
    if (from.Is(TypeKind::kTimestampNtz)) return TimestampToDate<false>;
  }
  if (to.Is(TypeKind::kTimestampNtz)) {
    if (from.IsString()) return StringToNtz;
    if (from.Is(TypeKind::kDate)) return DateToTimestamp<false>;
  }
  if (from.Is(TypeKind::kDate) && (to.IsNumeric() || to.Is(TypeKind::kBoolean))) return AlwaysNull;
  return nullptr;
}

}  // namespace pyrite::lower
