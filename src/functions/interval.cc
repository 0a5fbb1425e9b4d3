// Functions that make intervals, and windows of time.

#include "base/errors.h"
#include "functions/families.h"
#include "functions/lambda.h"
#include "functions/sql_text.h"

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

// The analyzer puts a column in the place of the calls that stand where Spark takes them.
template <const char* name>
ExpressionPtr Misplaced(const CallContext&, const Expressions&) {
  throw errors::UnsupportedFeature(std::string(name) + " outside of SELECT and GROUP BY");
}
constexpr char kWindow[] = "window";
constexpr char kSessionWindow[] = "session_window";

// The last microsecond of a window.
ExpressionPtr WindowTime(const CallContext& context, const Expressions& arguments) {
  const DataType& type = arguments[0]->type;
  const auto is_moment = [](const DataType& field) {
    return field.Is(TypeKind::kTimestamp) || field.Is(TypeKind::kTimestampNtz);
  };
  bool of_window = type.Is(TypeKind::kStruct) && type.fields().size() == 2 &&
                   is_moment(type.fields()[0].type) && is_moment(type.fields()[1].type);
  if (!of_window) {
    throw errors::UnexpectedInputType(
        SqlOfCall("window_time", arguments), "first",
        R"types(("STRUCT<start: TIMESTAMP, end: TIMESTAMP>" or )types"
        R"types("STRUCT<start: TIMESTAMP_NTZ, end: TIMESTAMP_NTZ>"))types",
        SqlOf(*arguments[0]), type.ToSql());
  }
  ExpressionPtr end = Field(arguments[0], 1);
  ExpressionPtr micros = plan::MakeConstant({DataType::DayTimeInterval(), Value(int64_t{1})});
  return CallFunction("-", {end, micros}, context);
}

constexpr Function kRows[] = {
    {.name = "window",
     .signatures = "(any, any [, any, any]) -> any",
     .nulls = NullRule::kNever,
     .doc = "The windows of time that a row is in, by their duration, slide and start.",
     .means = Rewrite{Misplaced<kWindow>}},
    {.name = "session_window",
     .signatures = "(any, any) -> any",
     .nulls = NullRule::kNever,
     .doc = "The session that a row is in: rows that follow each other within a gap.",
     .means = Rewrite{Misplaced<kSessionWindow>}},
    {.name = "window_time",
     .signatures = "(any) -> any",
     .doc = "The last moment of a window of time.",
     .means = Rewrite{WindowTime}},
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
