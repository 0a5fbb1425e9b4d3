// Functions of TIME.

#include "base/errors.h"
#include "functions/build.h"
#include "functions/families.h"

namespace pyrite::functions {
namespace {

using plan::ExpressionPtr;
using plan::Expressions;

ExpressionPtr MakeTime(const CallContext& context, const Expressions& arguments) {
  ExpressionPtr exact =
      plan::MakeCast(arguments[2], DataType::Decimal(16, 6), plan::EvalMode::kAnsi);
  ExpressionPtr micros =
      Native("spark_unscaled", {exact}, DataType::Long(), exact->nullable, context);
  return Native("spark_make_time", {arguments[0], arguments[1], micros}, DataType::Time(), true,
                context);
}

// to_time(text [, pattern])
template <bool lenient>
ExpressionPtr ToTime(const CallContext& context, const Expressions& arguments) {
  Expressions operands = arguments;
  if (operands.size() == 1) operands.push_back(StringConstant(""));  // as a cast reads it
  return Native(lenient ? "spark_try_parse_time" : "spark_parse_time", std::move(operands),
                DataType::Time(), true, context);
}

ExpressionPtr Truncate(const CallContext& context, const Expressions& arguments) {
  return Native("spark_time_trunc", arguments, arguments[1]->type, true, context);
}

// So many units of `nanos` nanoseconds since midnight.
template <int64_t nanos>
ExpressionPtr FromUnits(const CallContext& context, const Expressions& arguments) {
  ExpressionPtr count = Coerce(arguments[0], DataType::Long(), context);
  count = CallFunction("*", {count, plan::MakeConstant(Literal::Long(nanos))}, context);
  return Native("spark_time_from_nanos", {count}, DataType::Time(), true, context);
}

ExpressionPtr FromSeconds(const CallContext& context, const Expressions& arguments) {
  ExpressionPtr exact =
      plan::MakeCast(arguments[0], DataType::Decimal(14, 6), plan::EvalMode::kAnsi);
  ExpressionPtr micros =
      Native("spark_unscaled", {exact}, DataType::Long(), exact->nullable, context);
  return FromUnits<1000>(context, {micros});
}

template <int64_t nanos>
ExpressionPtr ToUnits(const CallContext& context, const Expressions& arguments) {
  ExpressionPtr all =
      Native("spark_time_nanos", {arguments[0]}, DataType::Long(), arguments[0]->nullable, context);
  return CallFunction("div", {all, plan::MakeConstant(Literal::Long(nanos))}, context);
}

ExpressionPtr CurrentTime(const CallContext& context, const Expressions& arguments) {
  int precision = 6;
  if (!arguments.empty()) {
    const Value* given = ConstantValue(arguments[0]);
    if (given == nullptr)
      throw errors::UnsupportedFeature("current_time of a precision that varies");
    precision = static_cast<int>(given->as_int());
  }
  ExpressionPtr now =
      plan::MakeConstant({DataType::Timestamp(), Value(context.query_start_micros)});
  ExpressionPtr local = Coerce(now, DataType::TimestampNtz(), context);
  return plan::MakeCast(local, DataType::Time(precision), plan::EvalMode::kAnsi);
}

// time_bucket(width, moment [, origin])
ExpressionPtr Bucket(const CallContext& context, const Expressions& arguments) {
  const Value* width = ConstantValue(arguments[0]);
  bool whole = arguments[0]->type.Is(TypeKind::kDayTimeInterval);
  if (width == nullptr || !whole || width->as_int() <= 0) {
    throw errors::UnsupportedFeature("time_bucket of a width that is no positive constant");
  }
  const DataType& type = arguments[1]->type;
  DataType moment = type.Is(TypeKind::kTimestampNtz) ? type : DataType::Timestamp();
  ExpressionPtr start = Coerce(arguments[1], moment, context);
  ExpressionPtr offset = plan::MakeConstant(Literal::Long(0));
  if (arguments.size() > 2) {
    ExpressionPtr origin = Coerce(arguments[2], moment, context);
    offset = Native("epoch_us", {origin}, DataType::Long(), origin->nullable, context);
  }
  return Native("spark_window_start",
                {start, plan::MakeConstant(Literal::Long(width->as_int())), offset}, moment,
                AnyNullable(arguments), context);
}

constexpr Function kRows[] = {
    {.name = "make_time",
     .signatures = "(int, int, decimal) -> any",
     .doc = "The time of hour, minute and seconds.",
     .means = Rewrite{MakeTime}},
    {.name = "to_time",
     .signatures = "(string [, string]) -> any",
     .doc = "The time of a text.",
     .means = Rewrite{ToTime<false>}},
    {.name = "try_to_time",
     .signatures = "(string [, string]) -> any",
     .doc = "As to_time, NULL for a text that is no time.",
     .means = Rewrite{ToTime<true>}},
    {.name = "time_diff",
     .signatures = "(string, time, time) -> bigint",
     .nulls = NullRule::kAlways,
     .doc = "The whole units from one time to another.",
     .means = Kernel{"spark_time_diff"}},
    {.name = "time_trunc",
     .signatures = "(string, time) -> any",
     .doc = "The time cut off to a unit.",
     .means = Rewrite{Truncate}},
    {.name = "time_from_seconds",
     .signatures = "(numeric) -> any",
     .doc = "The time so many seconds after midnight.",
     .means = Rewrite{FromSeconds}},
    {.name = "time_from_millis",
     .signatures = "(bigint) -> any",
     .doc = "The time so many milliseconds after midnight.",
     .means = Rewrite{FromUnits<1'000'000>}},
    {.name = "time_from_micros",
     .signatures = "(bigint) -> any",
     .doc = "The time so many microseconds after midnight.",
     .means = Rewrite{FromUnits<1000>}},
    {.name = "time_to_seconds",
     .signatures = "(time) -> any",
     .nulls = NullRule::kAlways,
     .doc = "The seconds since midnight.",
     .means = Kernel{"spark_time_seconds"},
     .result_type = [](const CallContext&,
                       const Expressions&) { return DataType::Decimal(14, 6); }},
    {.name = "time_to_millis",
     .signatures = "(time) -> bigint",
     .doc = "The milliseconds since midnight.",
     .means = Rewrite{ToUnits<1'000'000>}},
    {.name = "time_to_micros",
     .signatures = "(time) -> bigint",
     .doc = "The microseconds since midnight.",
     .means = Rewrite{ToUnits<1000>}},
    {.name = "current_time",
     .signatures = "([int]) -> any",
     .doc = "The time of day when the query started.",
     .means = Rewrite{CurrentTime}},
    {.name = "time_bucket",
     .signatures = "(ansi_interval, timestamp|timestamp_ntz|date [, timestamp|timestamp_ntz|date]) "
                   "-> any",
     .doc = "The start of the bucket of time that a moment falls into.",
     .means = Rewrite{Bucket}},
};

}  // namespace

std::span<const Function> TimeFunctions() { return kRows; }

}  // namespace pyrite::functions
