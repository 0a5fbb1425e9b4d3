#include "lower/kernels/calendar_interval.h"

#include <cmath>

#include "base/text/calendar.h"
#include "duckdb/common/types/interval.hpp"
#include "lower/kernels/cast_errors.h"
#include "lower/kernels/error.h"
#include "lower/kernels/families.h"
#include "lower/kernels/rowwise.h"

namespace pyrite::lower {
namespace {

using duckdb::interval_t;
using duckdb::LogicalType;

[[noreturn]] void ThrowOverflow() { ThrowJavaArithmetic("integer overflow"); }

int64_t Whole(double value, double most) {
  if (!(std::fabs(value) < most)) ThrowOverflow();
  return static_cast<int64_t>(value);
}

// Days that are not whole are carried over into the time, months that are not whole are cut.
interval_t Of(double months, double days, double micros) {
  constexpr double kMostInt = 2147483648.0, kMostLong = 9.2233720368547758e18;
  interval_t made;
  made.months = static_cast<int32_t>(Whole(months, kMostInt));
  made.days = static_cast<int32_t>(Whole(days, kMostInt));
  double time = micros + static_cast<double>(kMicrosPerDay) * (days - made.days);
  made.micros = Whole(std::floor(time + 0.5), kMostLong);
  return made;
}

interval_t Times(const interval_t& interval, double factor) {
  return Of(factor * interval.months, factor * interval.days,
            factor * static_cast<double>(interval.micros));
}

interval_t Divided(const interval_t& interval, double divisor) {
  if (divisor == 0) ThrowSpark("INTERVAL_DIVIDED_BY_ZERO", {});
  return Of(interval.months / divisor, interval.days / divisor,
            static_cast<double>(interval.micros) / divisor);
}

interval_t Sum(const interval_t& left, const interval_t& right) {
  interval_t sum;
  if (__builtin_add_overflow(left.months, right.months, &sum.months) ||
      __builtin_add_overflow(left.days, right.days, &sum.days) ||
      __builtin_add_overflow(left.micros, right.micros, &sum.micros)) {
    ThrowOverflow();
  }
  return sum;
}

interval_t Negated(const interval_t& interval) {
  interval_t negated;
  if (__builtin_sub_overflow(0, interval.months, &negated.months) ||
      __builtin_sub_overflow(0, interval.days, &negated.days) ||
      __builtin_sub_overflow(int64_t{0}, interval.micros, &negated.micros)) {
    ThrowOverflow();
  }
  return negated;
}

// A date moves by whole days.
int32_t DaysAlone(const interval_t& interval) {
  if (interval.micros != 0) {
    ThrowSpark("INVALID_INTERVAL_WITH_MICROSECONDS_ADDITION",
               {{"ansiConfig", "\"spark.sql.ansi.enabled\""}});
  }
  return interval.days;
}

}  // namespace

void RegisterCalendarIntervals(duckdb::ExtensionLoader& loader) {
  const LogicalType interval = LogicalType::INTERVAL, number = LogicalType::DOUBLE;
  const auto add = [&](const char* name, duckdb::vector<LogicalType> arguments, LogicalType result,
                       duckdb::scalar_function_t function) {
    loader.RegisterFunction(
        MakeKernel(name, std::move(arguments), std::move(result), std::move(function), true));
  };
  add("spark_calendar_months", {interval}, LogicalType::INTEGER,
      Rowwise<int32_t, interval_t>([](const interval_t& i) { return i.months; }));
  add("spark_calendar_days", {interval}, LogicalType::INTEGER,
      Rowwise<int32_t, interval_t>([](const interval_t& i) { return i.days; }));
  add("spark_calendar_days_alone", {interval}, LogicalType::INTEGER,
      Rowwise<int32_t, interval_t>(DaysAlone));
  add("spark_calendar_micros", {interval}, LogicalType::BIGINT,
      Rowwise<int64_t, interval_t>([](const interval_t& i) { return i.micros; }));
  add("spark_calendar_sum", {interval, interval}, interval,
      Rowwise<interval_t, interval_t, interval_t>(Sum));
  add("spark_calendar_negative", {interval}, interval, Rowwise<interval_t, interval_t>(Negated));
  add("spark_calendar_times", {interval, number}, interval,
      Rowwise<interval_t, interval_t, double>(Times));
  add("spark_calendar_divide", {interval, number}, interval,
      Rowwise<interval_t, interval_t, double>(Divided));
}

}  // namespace pyrite::lower
