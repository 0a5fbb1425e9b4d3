// Intervals out of numbers of units, calendar intervals added to moments, windows of time.

#include "duckdb/common/types/interval.hpp"

#include <cmath>

#include "base/text/calendar.h"
#include "base/text/decimal_text.h"
#include "lower/kernels/calendar_interval.h"
#include "lower/kernels/cast_errors.h"
#include "lower/kernels/error.h"
#include "lower/kernels/families.h"
#include "lower/kernels/rowwise.h"

namespace pyrite::lower {
namespace {

using duckdb::interval_t;
using duckdb::LogicalType;

[[noreturn]] void ThrowOverflow(const char* function) {
  ThrowSpark("INTERVAL_ARITHMETIC_OVERFLOW.WITHOUT_SUGGESTION",
             {{"functionName", "`" + std::string(function) + "`"}});
}

// Months are 32 bits, microseconds 64.
template <bool is_sum>
int64_t CheckedIntervals(int64_t a, int64_t b, bool months) {
  int64_t result = 0;
  bool overflows =
      is_sum ? __builtin_add_overflow(a, b, &result) : __builtin_sub_overflow(a, b, &result);
  if (!overflows && (!months || result == static_cast<int32_t>(result))) return result;
  ThrowSpark("INTERVAL_ARITHMETIC_OVERFLOW.WITH_SUGGESTION",
             {{"functionName", is_sum ? "`try_add`" : "`try_subtract`"}});
}

bool AddTimes(int64_t count, int64_t unit, int64_t& sum) {
  int64_t part;
  return !__builtin_mul_overflow(count, unit, &part) && !__builtin_add_overflow(sum, part, &sum);
}

// `micros` are the seconds with their fraction.
std::optional<int64_t> DayTime(int32_t days, int32_t hours, int32_t minutes, int64_t micros) {
  int64_t sum = micros;
  if (AddTimes(days, kMicrosPerDay, sum) && AddTimes(hours, 3600 * kMicrosPerSecond, sum) &&
      AddTimes(minutes, 60 * kMicrosPerSecond, sum)) {
    return sum;
  }
  return std::nullopt;
}

int64_t MakeDayTime(int32_t days, int32_t hours, int32_t minutes, int64_t micros) {
  auto sum = DayTime(days, hours, minutes, micros);
  if (!sum) ThrowOverflow("make_dt_interval");
  return *sum;
}

int32_t MakeYearMonth(int32_t years, int32_t months) {
  int32_t sum;
  if (__builtin_mul_overflow(years, 12, &sum) || __builtin_add_overflow(sum, months, &sum)) {
    ThrowOverflow("make_ym_interval");
  }
  return sum;
}

std::optional<interval_t> Calendar(int32_t years, int32_t months, int32_t weeks, int32_t days,
                                   int32_t hours, int32_t minutes, int64_t micros) {
  interval_t made;
  int32_t from_weeks;
  if (__builtin_mul_overflow(years, 12, &made.months) ||
      __builtin_add_overflow(made.months, months, &made.months) ||
      __builtin_mul_overflow(weeks, 7, &from_weeks) ||
      __builtin_add_overflow(from_weeks, days, &made.days)) {
    return std::nullopt;
  }
  auto time = DayTime(0, hours, minutes, micros);
  if (!time) return std::nullopt;
  made.micros = *time;
  return made;
}

interval_t MakeCalendar(int32_t years, int32_t months, int32_t weeks, int32_t days, int32_t hours,
                        int32_t minutes, int64_t micros) {
  auto made = Calendar(years, months, weeks, days, hours, minutes, micros);
  if (!made) ThrowJavaArithmetic("integer overflow");
  return *made;
}

// ---- scaling

[[noreturn]] void ThrowIntervalOverflow() {
  ThrowJava("java.lang.ArithmeticException", "integer overflow");
}

int64_t Narrow(Int128 value) {
  if (value > INT64_MAX || value < INT64_MIN) ThrowIntervalOverflow();
  return static_cast<int64_t>(value);
}

int64_t Rounded(double value) {
  double whole = value < 0 ? -std::floor(-value + 0.5) : std::floor(value + 0.5);
  if (!(std::fabs(whole) < 9.2233720368547758e18)) ThrowIntervalOverflow();
  return static_cast<int64_t>(whole);
}

[[noreturn]] void ThrowDivided() { ThrowSpark("INTERVAL_DIVIDED_BY_ZERO", {}); }

// By unscaled / 10^scale.
int64_t TimesDecimal(int64_t number, int64_t unscaled, int32_t scale) {
  return Narrow(DivideHalfUp<Int128>(Int128{number} * unscaled, PowerOfTen(scale)));
}

int64_t DividedByDecimal(int64_t number, int64_t unscaled, int32_t scale) {
  if (unscaled == 0) ThrowDivided();
  Int128 divisor = unscaled < 0 ? -Int128{unscaled} : Int128{unscaled};
  Int128 value = Int128{number} * PowerOfTen(scale);
  return Narrow(DivideHalfUp<Int128>(unscaled < 0 ? -value : value, divisor));
}

int32_t ToMonths(int64_t months) {
  if (months != static_cast<int32_t>(months)) ThrowIntervalOverflow();
  return static_cast<int32_t>(months);
}

void RegisterScaling(duckdb::ExtensionLoader& loader) {
  LogicalType integer = LogicalType::INTEGER, bigint = LogicalType::BIGINT;
  LogicalType boolean = LogicalType::BOOLEAN;
  loader.RegisterFunction(
      MakeKernel("spark_add_intervals", {bigint, bigint, boolean}, bigint,
                 Rowwise<int64_t, int64_t, int64_t, bool>(CheckedIntervals<true>), true));
  loader.RegisterFunction(
      MakeKernel("spark_subtract_intervals", {bigint, bigint, boolean}, bigint,
                 Rowwise<int64_t, int64_t, int64_t, bool>(CheckedIntervals<false>), true));
  LogicalType number = LogicalType::DOUBLE;
  const auto add = [&](const char* name, duckdb::vector<LogicalType> arguments, LogicalType result,
                       duckdb::scalar_function_t function) {
    loader.RegisterFunction(
        MakeKernel(name, std::move(arguments), std::move(result), std::move(function), true));
  };
  add("spark_interval_number", {integer}, bigint,
      Rowwise<int64_t, int32_t>([](int32_t months) { return int64_t{months}; }));
  add("spark_interval_number", {bigint}, bigint,
      Rowwise<int64_t, int64_t>([](int64_t micros) { return micros; }));
  add("spark_micros_as_seconds", {bigint}, LogicalType::DECIMAL(8, 6),
      Rowwise<int32_t, int64_t>([](int64_t micros) { return static_cast<int32_t>(micros); }));
  add("spark_interval_of_months", {bigint}, integer, Rowwise<int32_t, int64_t>(ToMonths));
  add("spark_interval_of_micros", {bigint}, bigint,
      Rowwise<int64_t, int64_t>([](int64_t micros) { return micros; }));
  add("spark_interval_times", {bigint, bigint}, bigint,
      Rowwise<int64_t, int64_t, int64_t>(
          [](int64_t a, int64_t b) { return Narrow(Int128{a} * b); }));
  add("spark_interval_times", {bigint, number}, bigint,
      Rowwise<int64_t, int64_t, double>(
          [](int64_t a, double b) { return Rounded(static_cast<double>(a) * b); }));
  add("spark_interval_times", {bigint, bigint, integer}, bigint,
      Rowwise<int64_t, int64_t, int64_t, int32_t>(TimesDecimal));
  add("spark_interval_divide", {bigint, bigint}, bigint,
      Rowwise<int64_t, int64_t, int64_t>(
          [](int64_t a, int64_t b) { return DividedByDecimal(a, b, 0); }));
  add("spark_interval_divide", {bigint, number}, bigint,
      Rowwise<int64_t, int64_t, double>([](int64_t a, double b) {
        if (b == 0) ThrowDivided();
        return Rounded(static_cast<double>(a) / b);
      }));
  add("spark_interval_divide", {bigint, bigint, integer}, bigint,
      Rowwise<int64_t, int64_t, int64_t, int32_t>(DividedByDecimal));
}

// ---- windows of time

// The start of the last window that begins at or before `moment`.
int64_t WindowStart(int64_t moment, int64_t slide, int64_t offset) {
  return moment - FloorModulo(moment - offset, slide);
}

}  // namespace

void RegisterIntervalKernels(duckdb::ExtensionLoader& loader) {
  RegisterScaling(loader);
  RegisterCalendarIntervals(loader);
  LogicalType integer = LogicalType::INTEGER, bigint = LogicalType::BIGINT;
  loader.RegisterFunction(
      MakeKernel("spark_make_dt_interval", {integer, integer, integer, bigint}, bigint,
                 Rowwise<int64_t, int32_t, int32_t, int32_t, int64_t>(MakeDayTime), true));
  loader.RegisterFunction(MakeKernel("spark_make_ym_interval", {integer, integer}, integer,
                                     Rowwise<int32_t, int32_t, int32_t>(MakeYearMonth), true));
  duckdb::vector<LogicalType> units{integer, integer, integer, integer, integer, integer, bigint};
  loader.RegisterFunction(
      MakeKernel("spark_make_interval", units, LogicalType::INTERVAL,
                 Rowwise<interval_t, int32_t, int32_t, int32_t, int32_t, int32_t, int32_t, int64_t>(
                     MakeCalendar),
                 true));
  loader.RegisterFunction(
      MakeKernel("spark_try_make_interval", units, LogicalType::INTERVAL,
                 Rowwise<interval_t, int32_t, int32_t, int32_t, int32_t, int32_t, int32_t, int64_t>(
                     Calendar)));
  for (const LogicalType& moment :
       {LogicalType(LogicalType::TIMESTAMP), LogicalType(LogicalType::TIMESTAMP_TZ)}) {
    loader.RegisterFunction(MakeKernel("spark_window_start", {moment, bigint, bigint}, moment,
                                       Rowwise<int64_t, int64_t, int64_t, int64_t>(WindowStart)));
  }
}

}  // namespace pyrite::lower
