// Intervals to and from text, numbers and intervals of other fields. What does not fit ends the
// query in every mode but try.

#include <algorithm>

#include "base/error.h"
#include "base/text/decimal_text.h"
#include "base/text/interval_text.h"
#include "base/text/text_to_interval.h"
#include "base/text/text_to_number.h"
#include "duckdb/common/types/interval.hpp"
#include "lower/kernels/cast.h"
#include "lower/kernels/cast_errors.h"
#include "lower/kernels/error.h"
#include "lower/kernels/number_literal.h"
#include "lower/kernels/physical.h"

namespace pyrite::lower {
namespace {

using duckdb::idx_t;
using duckdb::interval_t;
using duckdb::optional;
using duckdb::string_t;
using duckdb::StringVector;
using duckdb::UnaryExecutor;
using duckdb::Vector;

constexpr int kSecondField = 3;
constexpr int kMicrosScale = 6;

bool IsTry(const BoundCast& cast) { return cast.mode == plan::EvalMode::kTry; }

bool CountsSeconds(const DataType& type) {
  return type.Is(TypeKind::kDayTimeInterval) && type.end_field() == kSecondField;
}

// Months are 32 bits, microseconds 64.
template <typename F>
CastFunction WithIntervalType(const DataType& type, F f) {
  return type.Is(TypeKind::kYearMonthInterval) ? f(int32_t{}) : f(int64_t{});
}

std::string Lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

[[noreturn]] void ThrowNotInterval(IntervalOutcome outcome, std::string_view text,
                                   const DataType& to) {
  const bool months = to.Is(TypeKind::kYearMonthInterval);
  const std::string kind = months ? "year-month" : "day-time";
  const std::string input(TrimAll(text));
  if (outcome == IntervalOutcome::kOutOfRange) {
    ThrowSpark("INVALID_INTERVAL_FORMAT.INTERVAL_PARSING", {{"input", input}, {"interval", kind}});
  }
  ThrowSpark(months ? "INVALID_INTERVAL_FORMAT.UNMATCHED_FORMAT_STRING"
                    : "INVALID_INTERVAL_FORMAT.UNMATCHED_FORMAT_STRING_WITH_NOTICE",
             {{"intervalStr", kind},
              {"supportedFormat", IntervalFormats(to)},
              {"typeName", Lower(to.ToSql())},
              {"input", std::string(text)}});
}

template <typename To>
void StringToInterval(const BoundCast& cast, Vector& source, Vector& result, idx_t count) {
  UnaryExecutor::Execute<string_t, To>(source, result, count, [&](string_t text) -> optional<To> {
    int64_t value = 0;
    const auto outcome = TextToInterval(View(text), cast.to, &value);
    if (outcome == IntervalOutcome::kOk) return static_cast<To>(value);
    if (!IsTry(cast)) ThrowNotInterval(outcome, View(text), cast.to);
    return duckdb::nullopt;
  });
}

// Malformed text is NULL in every mode.
optional<interval_t> ParseCalendarInterval(std::string_view text) {
  try {
    const CalendarInterval parsed = ReadCalendarInterval(text);
    interval_t value;
    value.months = parsed.months;
    value.days = parsed.days;
    value.micros = parsed.microseconds;
    return value;
  } catch (const SparkError&) {
    return duckdb::nullopt;
  }
}

void StringToCalendarInterval(const BoundCast&, Vector& source, Vector& result, idx_t count) {
  UnaryExecutor::Execute<string_t, interval_t>(
      source, result, count, [](string_t text) { return ParseCalendarInterval(View(text)); });
}

template <typename From>
void IntervalToText(const BoundCast& cast, Vector& source, Vector& result, idx_t count) {
  UnaryExecutor::Execute<From, string_t>(source, result, count, [&](From value) {
    return StringVector::AddString(result, IntervalToString(value, cast.from));
  });
}

void CalendarIntervalToText(const BoundCast&, Vector& source, Vector& result, idx_t count) {
  UnaryExecutor::Execute<interval_t, string_t>(source, result, count, [&](interval_t value) {
    return StringVector::AddString(
        result, CalendarIntervalToString({value.months, value.days, value.micros}));
  });
}

template <typename From, typename To>
void IntegralToInterval(const BoundCast& cast, Vector& source, Vector& result, idx_t count) {
  const int64_t unit = IntervalFieldUnit(cast.to, cast.to.end_field());
  UnaryExecutor::Execute<From, To>(source, result, count, [&](From value) -> optional<To> {
    int64_t amount = 0;
    const bool fits = !__builtin_mul_overflow(int64_t{value}, unit, &amount);
    if (fits && amount == static_cast<To>(amount)) return static_cast<To>(amount);
    if (!IsTry(cast)) ThrowCastOverflow(NumberLiteral(value, cast.from), cast.from, cast.to);
    return duckdb::nullopt;
  });
}

// Seconds keep their microseconds, rounded, as months are; other fields count whole units.
template <typename From, typename To>
void DecimalToInterval(const BoundCast& cast, Vector& source, Vector& result, idx_t count) {
  const int scale = cast.from.scale();
  const int64_t unit = IntervalFieldUnit(cast.to, cast.to.end_field());
  const bool seconds = CountsSeconds(cast.to);
  const bool months = cast.to.Is(TypeKind::kYearMonthInterval) && unit == 1;
  UnaryExecutor::Execute<From, To>(source, result, count, [&](From value) -> optional<To> {
    Int128 amount = 0;
    bool fits = true;
    if (seconds) {
      fits = RescaleDecimal(Widen(value), scale, kMaxDecimalPrecision, kMicrosScale, &amount);
    } else {
      const Int128 whole =
          months ? DivideHalfUp(Widen(value), PowerOfTen(scale)) : Widen(value) / PowerOfTen(scale);
      fits = whole == static_cast<int64_t>(whole);
      amount = whole * unit;
    }
    if (fits && amount == static_cast<To>(amount)) return static_cast<To>(amount);
    if (!IsTry(cast)) ThrowCastOverflow(DecimalLiteral(Widen(value), scale), cast.from, cast.to);
    return duckdb::nullopt;
  });
}

template <typename From, typename To>
void IntervalToIntegral(const BoundCast& cast, Vector& source, Vector& result, idx_t count) {
  const int64_t unit = IntervalFieldUnit(cast.from, cast.from.end_field());
  UnaryExecutor::Execute<From, To>(source, result, count, [&](From value) -> optional<To> {
    const int64_t amount = value / unit;
    if (amount == static_cast<To>(amount)) return static_cast<To>(amount);
    if (!IsTry(cast)) {
      ThrowCastOverflow(IntervalToString(value, cast.from), cast.from, cast.to);
    }
    return duckdb::nullopt;
  });
}

template <typename From, typename To>
void IntervalToDecimal(const BoundCast& cast, Vector& source, Vector& result, idx_t count) {
  const bool seconds = CountsSeconds(cast.from);
  const int64_t unit = seconds ? 1 : IntervalFieldUnit(cast.from, cast.from.end_field());
  const int scale = seconds ? kMicrosScale : 0;
  UnaryExecutor::Execute<From, To>(source, result, count, [&](From value) -> optional<To> {
    Int128 scaled = 0;
    if (RescaleDecimal(value / unit, scale, cast.to.precision(), cast.to.scale(), &scaled)) {
      return NarrowTo<To>(scaled);
    }
    if (cast.ansi()) ThrowDecimalOverflow(DecimalToString(value / unit, scale), cast.to);
    return duckdb::nullopt;
  });
}

// Cut off at the last field.
template <typename T>
void IntervalToInterval(const BoundCast& cast, Vector& source, Vector& result, idx_t count) {
  const bool micros = CountsSeconds(cast.to);
  const int64_t unit = micros ? 1 : IntervalFieldUnit(cast.to, cast.to.end_field());
  UnaryExecutor::Execute<T, T>(source, result, count,
                               [&](T value) { return static_cast<T>(value - value % unit); });
}

CastFunction FindToInterval(const DataType& from, const DataType& to) {
  return WithIntervalType(to, [&](auto out) -> CastFunction {
    using To = decltype(out);
    if (from.IsString()) return StringToInterval<To>;
    if (from.kind() == to.kind()) return IntervalToInterval<To>;
    if (from.IsIntegral()) {
      return WithIntegralType(
          from, [](auto in) -> CastFunction { return IntegralToInterval<decltype(in), To>; });
    }
    if (!from.Is(TypeKind::kDecimal)) return nullptr;
    return WithDecimalType(from.precision(), [](auto in) -> CastFunction {
      return DecimalToInterval<decltype(in), To>;
    });
  });
}

CastFunction FindFromInterval(const DataType& from, const DataType& to) {
  return WithIntervalType(from, [&](auto in) -> CastFunction {
    using From = decltype(in);
    if (to.IsString()) return IntervalToText<From>;
    if (to.IsIntegral()) {
      return WithIntegralType(
          to, [](auto out) -> CastFunction { return IntervalToIntegral<From, decltype(out)>; });
    }
    if (!to.Is(TypeKind::kDecimal)) return nullptr;
    return WithDecimalType(to.precision(), [](auto out) -> CastFunction {
      return IntervalToDecimal<From, decltype(out)>;
    });
  });
}

}  // namespace

CastFunction FindInterval(const BoundCast& cast) {
  if (cast.to.IsAnsiInterval()) return FindToInterval(cast.from, cast.to);
  if (cast.from.IsAnsiInterval()) return FindFromInterval(cast.from, cast.to);
  if (cast.to.Is(TypeKind::kCalendarInterval) && cast.from.IsString()) {
    return StringToCalendarInterval;
  }
  if (cast.from.Is(TypeKind::kCalendarInterval) && cast.to.IsString()) {
    return CalendarIntervalToText;
  }
  return nullptr;
}

}  // namespace pyrite::lower
