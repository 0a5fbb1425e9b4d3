// Functions that make intervals, and windows of time.

#include "functions/build.h"
#include "functions/families.h"

namespace pyrite::functions {
namespace {

using plan::ExpressionPtr;
using plan::Expressions;

// The seconds as microseconds.
ExpressionPtr Micros(const ExpressionPtr& seconds, const CallContext& context) {
  constexpr int kPrecision = 18, kScale = 6;
  ExpressionPtr exact =
      plan::MakeCast(seconds, DataType::Decimal(kPrecision, kScale), ModeOf(context));
  return Native("spark_unscaled", {exact}, DataType::Long(), exact->nullable, context);
}

// The numbers of units, 0 for those left out, the last one of seconds.
Expressions Units(const Expressions& arguments, size_t count, const CallContext& context) {
  Expressions units = arguments;
  while (units.size() < count) units.push_back(IntConstant(0));
  for (size_t i = 0; i + 1 < count; ++i) units[i] = Coerce(units[i], DataType::Integer(), context);
  units.back() = Micros(units.back(), context);
  return units;
}

ExpressionPtr MakeDayTime(const CallContext& context, const Expressions& arguments) {
  Expressions units = Units(arguments, 4, context);
  bool nullable = AnyNullable(units);
  return Native("spark_make_dt_interval", std::move(units), DataType::DayTimeInterval(), nullable,
                context);
}

ExpressionPtr MakeYearMonth(const CallContext& context, const Expressions& arguments) {
  Expressions units = arguments;
  while (units.size() < 2) units.push_back(IntConstant(0));
  bool nullable = AnyNullable(units);
  return Native("spark_make_ym_interval", std::move(units), DataType::YearMonthInterval(), nullable,
                context);
}

template <bool lenient>
ExpressionPtr MakeCalendar(const CallContext& context, const Expressions& arguments) {
  bool strict = context.ansi && !lenient;
  Expressions units = Units(arguments, 7, context);
  bool nullable = !strict || AnyNullable(units);
  return Native(strict ? "spark_make_interval" : "spark_try_make_interval", std::move(units),
                DataType::CalendarInterval(), nullable, context);
}

constexpr Function kRows[] = {
    {.name = "make_dt_interval",
     .signatures = "([int, int, int, decimal]) -> dtinterval",
     .doc = "The interval of days, hours, minutes and seconds.",
     .means = Rewrite{MakeDayTime}},
    {.name = "make_ym_interval",
     .signatures = "([int, int]) -> yminterval",
     .doc = "The interval of years and months.",
     .means = Rewrite{MakeYearMonth}},
    {.name = "make_interval",
     .signatures = "([int, int, int, int, int, int, decimal]) -> interval",
     .doc = "The interval of years, months, weeks, days, hours, minutes and seconds.",
     .means = Rewrite{MakeCalendar<false>}},
    {.name = "try_make_interval",
     .signatures = "([int, int, int, int, int, int, decimal]) -> interval",
     .doc = "As make_interval, NULL when it overflows.",
     .means = Rewrite{MakeCalendar<true>}},
};

}  // namespace

std::span<const Function> IntervalFunctions() { return kRows; }

}  // namespace pyrite::functions
