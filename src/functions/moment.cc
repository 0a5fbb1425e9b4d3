// Functions that make timestamps, and move them between time zones.

#include "base/errors.h"
#include "functions/build.h"
#include "functions/families.h"

namespace pyrite::functions {
namespace {

using plan::ExpressionPtr;
using plan::Expressions;

// The moment at which a clock in the zone shows `local`.
ExpressionPtr MomentIn(const ExpressionPtr& local, const ExpressionPtr& zone,
                       const CallContext& context) {
  bool nullable = local->nullable || zone->nullable;
  ExpressionPtr utc =
      Native("spark_to_moment", {local, zone}, DataType::TimestampNtz(), nullable, context);
  ExpressionPtr micros = Native("epoch_us", {utc}, DataType::Long(), nullable, context);
  return Native("make_timestamptz", {micros}, DataType::Timestamp(), nullable, context);
}

// date, time [, zone]
template <bool local_type>
ExpressionPtr OfDateAndTime(const CallContext& context, const Expressions& arguments) {
  ExpressionPtr day = Coerce(arguments[0], DataType::TimestampNtz(), context);
  ExpressionPtr nanos =
      Native("spark_time_nanos", {arguments[1]}, DataType::Long(), arguments[1]->nullable, context);
  ExpressionPtr micros =
      CallFunction("div", {nanos, plan::MakeConstant(Literal::Long(1000))}, context);
  ExpressionPtr local =
      Native("spark_timestamp_add_micros", {day, micros}, DataType::TimestampNtz(),
             local_type || AnyNullable(arguments), context);
  if (arguments.size() > 2) return MomentIn(local, arguments[2], context);
  return local_type ? local : Coerce(local, DataType::Timestamp(), context);
}

// year, month, day, hour, minute, seconds with a fraction [, zone]
template <bool lenient, bool local_type>
ExpressionPtr MakeTimestamp(const CallContext& context, const Expressions& arguments) {
  if (arguments.size() < 6) return OfDateAndTime<local_type>(context, arguments);
  bool strict = context.ansi && !lenient;
  DataType seconds = DataType::Decimal(16, 6);
  ExpressionPtr exact =
      plan::MakeCast(arguments[5], seconds, strict ? plan::EvalMode::kAnsi : plan::EvalMode::kTry);
  Expressions fields(arguments.begin(), arguments.begin() + 5);
  fields.push_back(Native("spark_unscaled", {exact}, DataType::Long(), exact->nullable, context));
  bool nullable = !strict || AnyNullable(arguments);
  ExpressionPtr local = Native(strict ? "spark_make_timestamp" : "spark_try_make_timestamp",
                               std::move(fields), DataType::TimestampNtz(), nullable, context);
  if (arguments.size() > 6) return MomentIn(local, arguments[6], context);
  return local_type ? local : Coerce(local, DataType::Timestamp(), context);
}

ExpressionPtr ConvertZone(const CallContext& context, const Expressions& arguments) {
  bool from_session = arguments.size() == 2;
  ExpressionPtr source = from_session ? StringConstant(context.time_zone) : arguments[0];
  const ExpressionPtr& target = arguments[from_session ? 0 : 1];
  bool nullable = AnyNullable(arguments);
  ExpressionPtr moment = Native("spark_to_moment", {arguments.back(), source},
                                DataType::TimestampNtz(), nullable, context);
  return Native("spark_to_local", {moment, target}, DataType::TimestampNtz(), nullable, context);
}

constexpr char kFields[] =
    "(int, int, int, int, int, decimal [, string]) -> any; (date, time [, string]) -> any";
constexpr char kLocalFields[] = "(int, int, int, int, int, decimal) -> any; (date, time) -> any";

constexpr Function kRows[] = {
    {.name = "make_timestamp",
     .signatures = kFields,
     .doc = "The timestamp of year, month, day, hour, minute and seconds.",
     .means = Rewrite{MakeTimestamp<false, false>}},
    {.name = "make_timestamp_ltz",
     .signatures = kFields,
     .doc = "As make_timestamp.",
     .means = Rewrite{MakeTimestamp<false, false>}},
    {.name = "make_timestamp_ntz",
     .signatures = kLocalFields,
     .doc = "As make_timestamp, without a time zone.",
     .means = Rewrite{MakeTimestamp<false, true>}},
    {.name = "try_make_timestamp",
     .signatures = kFields,
     .doc = "As make_timestamp, NULL for fields that make no timestamp.",
     .means = Rewrite{MakeTimestamp<true, false>}},
    {.name = "try_make_timestamp_ltz",
     .signatures = kFields,
     .doc = "As try_make_timestamp.",
     .means = Rewrite{MakeTimestamp<true, false>}},
    {.name = "try_make_timestamp_ntz",
     .signatures = kLocalFields,
     .doc = "As try_make_timestamp, without a time zone.",
     .means = Rewrite{MakeTimestamp<true, true>}},
    {.name = "from_utc_timestamp",
     .signatures = "(timestamp, string) -> timestamp",
     .doc = "A moment in UTC as a clock in a time zone shows it.",
     .means = Kernel{"spark_to_local"}},
    {.name = "to_utc_timestamp",
     .signatures = "(timestamp, string) -> timestamp",
     .doc = "What a clock in a time zone shows as a moment in UTC.",
     .means = Kernel{"spark_to_moment"}},
    {.name = "convert_timezone",
     .signatures = "(string, timestamp_ntz) -> timestamp_ntz; "
                   "(string, string, timestamp_ntz) -> timestamp_ntz",
     .doc = "A local time of one time zone (or the session's) in another.",
     .means = Rewrite{ConvertZone}},
};

}  // namespace

std::span<const Function> MomentFunctions() { return kRows; }

}  // namespace pyrite::functions
