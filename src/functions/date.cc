// Functions of dates and timestamps.

#include "base/errors.h"
#include "functions/body.h"
#include "functions/build.h"
#include "functions/families.h"
#include "functions/sql_text.h"

namespace pyrite::functions {
namespace {

using plan::ExpressionPtr;
using plan::Expressions;

struct Field {
  const char* names;  // separated by spaces, with one around
  const char* function;
};

constexpr Field kFields[] = {
    {" year y years yr yrs ", "year"},
    {" quarter qtr ", "quarter"},
    {" month mon mons months ", "month"},
    {" week w weeks ", "weekofyear"},
    {" day d days ", "dayofmonth"},
    {" dayofweek dow ", "dayofweek"},
    {" doy ", "dayofyear"},
    {" hour h hours hr hrs ", "hour"},
    {" minute m min mins minutes ", "minute"},
};

ExpressionPtr Day(const ExpressionPtr& moment, const CallContext& context) {
  return Coerce(moment, DataType::Date(), context);
}

// A field of an interval: whole units below the next larger one.
ExpressionPtr ExtractFromInterval(const std::string& name, const ExpressionPtr& interval,
                                  const CallContext& context) {
  struct Part {
    const char* names;
    bool months;
    int64_t unit;
    int64_t modulo;  // 0: none
  };
  constexpr int64_t kSecond = 1000000;
  constexpr Part kParts[] = {{" year y years yr yrs ", true, 12, 0},
                             {" month mon mons months ", true, 1, 12},
                             {" day d days ", false, 86400 * kSecond, 0},
                             {" hour h hours hr hrs ", false, 3600 * kSecond, 24},
                             {" minute m min mins minutes ", false, 60 * kSecond, 60},
                             {" second s sec seconds secs ", false, 1, 60 * kSecond}};
  bool months = interval->type.Is(TypeKind::kYearMonthInterval);
  for (const Part& part : kParts) {
    if (std::string_view(part.names).find(name) == std::string_view::npos) continue;
    if (part.months != months) break;
    ExpressionPtr value =
        Native("spark_interval_number", {interval}, DataType::Long(), interval->nullable, context);
    const auto by = [&](const char* symbol, int64_t divisor) {
      value = CallFunction(symbol, {value, plan::MakeConstant(Literal::Long(divisor))}, context);
    };
    if (part.unit != 1) by("div", part.unit);
    if (part.modulo != 0) by("%", part.modulo);
    if (part.unit == 1 && !months) {
      return Native("spark_micros_as_seconds", {value}, DataType::Decimal(8, 6), interval->nullable,
                    context);
    }
    bool small = part.modulo != 0 && part.modulo < 100;
    DataType type = small ? DataType::Byte() : DataType::Integer();
    return plan::Make(plan::Cast{value, plan::EvalMode::kAnsi}, type, interval->nullable);
  }
  throw SparkError("INVALID_EXTRACT_FIELD", {{"field", "`" + name.substr(1, name.size() - 2) + "`"},
                                             {"expr", errors::Quoted(SqlOf(*interval))}});
}

ExpressionPtr Extract(const CallContext& context, const Expressions& arguments) {
  const Value* field = ConstantValue(arguments[0]);
  if (field == nullptr) throw NotFoldable("date_part", "field", DataType::String());
  std::string name = " ";
  for (char c : field->as_string()) name += static_cast<char>(std::tolower(c));
  name += ' ';
  if (arguments[1]->type.IsAnsiInterval()) {
    return ExtractFromInterval(name, arguments[1], context);
  }
  for (const Field& row : kFields) {
    if (std::string_view(row.names).find(name) != std::string_view::npos) {
      return CallFunction(row.function, {arguments[1]}, context);
    }
  }
  if (std::string_view(" yearofweek ").find(name) != std::string_view::npos) {
    // The year of the week's Thursday.
    return ExpandBody("year(date_add(_1, 3 - weekday(_1)))", {Day(arguments[1], context)}, context);
  }
  if (std::string_view(" dayofweek_iso dow_iso ").find(name) != std::string_view::npos) {
    return ExpandBody("weekday(_1) + 1", {Day(arguments[1], context)}, context);
  }
  std::string_view seconds = " second s sec seconds secs ";
  if (seconds.find(name) != std::string_view::npos) {
    ExpressionPtr local = Coerce(arguments[1], DataType::TimestampNtz(), context);
    return Native("spark_second_with_fraction", {local}, DataType::Decimal(8, 6), local->nullable,
                  context);
  }
  throw SparkError("INVALID_EXTRACT_FIELD", {{"field", "`" + field->as_string() + "`"},
                                             {"expr", errors::Quoted(SqlOf(*arguments[1]))}});
}

ExpressionPtr Local(const ExpressionPtr& moment, const CallContext& context) {
  return Coerce(moment, DataType::TimestampNtz(), context);
}

// A part of the time of day, in the session's time zone.
template <const char* target>
ExpressionPtr TimePart(const CallContext& context, const Expressions& arguments) {
  if (arguments[0]->type.Is(TypeKind::kTime)) {
    constexpr int64_t kSecond = 1'000'000'000;
    char unit = target[0];
    int64_t nanos = unit == 'h' ? 3600 * kSecond : unit == 'm' ? 60 * kSecond : kSecond;
    return Native("spark_time_part",
                  {arguments[0], plan::MakeConstant(Literal::Long(nanos)),
                   plan::MakeConstant(Literal::Long(unit == 'h' ? 24 : 60))},
                  DataType::Integer(), true, context);
  }
  ExpressionPtr local = Local(arguments[0], context);
  ExpressionPtr part = Native(target, {local}, DataType::Long(), local->nullable, context);
  return plan::MakeCast(part, DataType::Integer(), plan::EvalMode::kAnsi);
}
constexpr char kHour[] = "hour";
constexpr char kMinute[] = "minute";
constexpr char kSecond[] = "second";

ExpressionPtr Plus(const char* symbol, const CallContext& context, const Expressions& arguments) {
  ExpressionPtr days = Coerce(arguments[1], DataType::Integer(), context);
  return Native(symbol, {arguments[0], days}, DataType::Date(),
                arguments[0]->nullable || days->nullable, context);
}

ExpressionPtr AddDays(const CallContext& context, const Expressions& arguments) {
  return Plus("+", context, arguments);
}

ExpressionPtr SubtractDays(const CallContext& context, const Expressions& arguments) {
  return Plus("-", context, arguments);
}

ExpressionPtr DaysBetween(const CallContext& context, const Expressions& arguments) {
  ExpressionPtr days = Native("-", arguments, DataType::Long(), AnyNullable(arguments), context);
  return plan::MakeCast(days, DataType::Integer(), plan::EvalMode::kAnsi);
}

ExpressionPtr DayOfWeek(const CallContext& context, const Expressions& arguments) {
  return Native("spark_dayofweek", arguments, DataType::Integer(), arguments[0]->nullable, context);
}

ExpressionPtr NextDay(const CallContext& context, const Expressions& arguments) {
  return Native(context.ansi ? "spark_next_day" : "spark_try_next_day", arguments, DataType::Date(),
                true, context);
}

ExpressionPtr MonthsBetween(const CallContext& context, const Expressions& arguments) {
  ExpressionPtr rounds = arguments.size() > 2 ? arguments[2] : BoolConstant(true);
  Expressions operands{Local(arguments[0], context), Local(arguments[1], context), rounds};
  bool nullable = AnyNullable(operands);
  return Native("spark_months_between", operands, DataType::Double(), nullable, context);
}

ExpressionPtr TruncateTimestamp(const CallContext& context, const Expressions& arguments) {
  ExpressionPtr local = Native("spark_date_trunc", {arguments[0], Local(arguments[1], context)},
                               DataType::TimestampNtz(), true, context);
  return Coerce(local, DataType::Timestamp(), context);
}

ExpressionPtr Now(const CallContext& context, const Expressions&) {
  return plan::MakeConstant({DataType::Timestamp(), Value(context.query_start_micros)});
}

ExpressionPtr LocalNow(const CallContext& context, const Expressions& arguments) {
  return Local(Now(context, arguments), context);
}

ExpressionPtr Today(const CallContext& context, const Expressions& arguments) {
  return Coerce(Now(context, arguments), DataType::Date(), context);
}

ExpressionPtr CurrentZone(const CallContext& context, const Expressions&) {
  return StringConstant(context.time_zone);
}

ExpressionPtr DefaultPattern() { return StringConstant("yyyy-MM-dd HH:mm:ss"); }

// A text's moment by a pattern, in the session's time zone.
ExpressionPtr ByPattern(const CallContext& context, const ExpressionPtr& text,
                        const ExpressionPtr& pattern, const DataType& type) {
  bool nullable = !context.ansi || text->nullable || pattern->nullable;
  if (type.Is(TypeKind::kTimestamp)) {
    return Native(context.ansi ? "spark_parse_instant" : "spark_try_parse_instant",
                  {text, pattern, StringConstant(context.time_zone)}, type, nullable, context);
  }
  const char* strict = type.Is(TypeKind::kDate) ? "spark_parse_date" : "spark_parse_datetime";
  return Native(context.ansi ? strict : "spark_try_parse_datetime", {text, pattern},
                DataType::TimestampNtz(), nullable, context);
}

// to_date(text), to_timestamp(text) without a pattern are casts.
ExpressionPtr Converted(const DataType& type, const CallContext& context,
                        const Expressions& arguments) {
  if (arguments.size() > 1 && arguments[0]->type.IsString()) {
    return Coerce(ByPattern(context, arguments[0], arguments[1], type), type, context);
  }
  return Coerce(arguments[0], type, context);
}

ExpressionPtr ToDate(const CallContext& context, const Expressions& arguments) {
  return Converted(DataType::Date(), context, arguments);
}

ExpressionPtr ToTimestamp(const CallContext& context, const Expressions& arguments) {
  return Converted(DataType::Timestamp(), context, arguments);
}

ExpressionPtr ToLocalTimestamp(const CallContext& context, const Expressions& arguments) {
  return Converted(DataType::TimestampNtz(), context, arguments);
}

ExpressionPtr FormatDate(const CallContext& context, const Expressions& arguments) {
  Expressions operands{Local(arguments[0], context), arguments[1],
                       StringConstant(context.time_zone)};
  bool nullable = AnyNullable(operands);
  return Native("spark_date_format", operands, DataType::String(), nullable, context);
}

ExpressionPtr Micros(const ExpressionPtr& moment, const CallContext& context) {
  return Native("epoch_us", {moment}, DataType::Long(), moment->nullable, context);
}

ExpressionPtr UnixMicros(const CallContext& context, const Expressions& arguments) {
  return Micros(arguments[0], context);
}

template <int64_t unit>
ExpressionPtr UnixUnits(const CallContext& context, const Expressions& arguments) {
  ExpressionPtr divisor = plan::MakeConstant(Literal::Long(unit));
  return Native("spark_floor_div", {Micros(arguments[0], context), divisor}, DataType::Long(),
                arguments[0]->nullable, context);
}

ExpressionPtr UnixTimestamp(const CallContext& context, const Expressions& arguments) {
  ExpressionPtr moment = arguments.empty() ? Now(context, {}) : arguments[0];
  if (moment->type.IsString()) {
    moment = ByPattern(context, moment, arguments.size() > 1 ? arguments[1] : DefaultPattern(),
                       DataType::Timestamp());
  }
  // A timestamp without a zone is taken as it is, as if in UTC; fractions are cut off.
  bool is_local = moment->type.Is(TypeKind::kTimestampNtz);
  if (!is_local) moment = Coerce(moment, DataType::Timestamp(), context);
  ExpressionPtr second = plan::MakeConstant(Literal::Long(1000000));
  return Native("//", {Micros(moment, context), second}, DataType::Long(), moment->nullable,
                context);
}

template <int64_t unit>
ExpressionPtr FromUnits(const CallContext& context, const Expressions& arguments) {
  ExpressionPtr count = Coerce(arguments[0], DataType::Long(), context);
  if (unit != 1) {
    count = Native("*", {count, plan::MakeConstant(Literal::Long(unit))}, DataType::Long(),
                   count->nullable, context);
  }
  return Native("make_timestamptz", {count}, DataType::Timestamp(), count->nullable, context);
}

ExpressionPtr FromUnixTime(const CallContext& context, const Expressions& arguments) {
  ExpressionPtr pattern = arguments.size() > 1 ? arguments[1] : DefaultPattern();
  // Seconds that are too many wrap around.
  ExpressionPtr second = plan::MakeConstant(Literal::Long(1000000));
  ExpressionPtr micros =
      Native("spark_wrap_multiply", {Coerce(arguments[0], DataType::Long(), context), second},
             DataType::Long(), arguments[0]->nullable, context);
  Expressions operands{Local(FromUnits<1>(context, {micros}), context), pattern,
                       StringConstant(context.time_zone)};
  return Native("spark_date_format", operands, DataType::String(), true, context);
}

// timestampadd(unit, count, moment)
ExpressionPtr AddUnits(const CallContext& context, const Expressions& arguments) {
  const Value* unit = ConstantValue(arguments[0]);
  if (unit == nullptr) throw errors::UnsupportedFeature("timestampadd of a unit that varies");
  std::string name;
  for (char c : unit->as_string()) name += static_cast<char>(std::toupper(c));
  struct Months {
    const char* name;
    int64_t months;
  };
  constexpr Months kMonths[] = {{"MONTH", 1}, {"QUARTER", 3}, {"YEAR", 12}};
  struct Micros {
    const char* name;
    int64_t micros;
  };
  constexpr int64_t kSecond = 1000000;
  constexpr Micros kMicros[] = {{"MICROSECOND", 1},
                                {"MILLISECOND", 1000},
                                {"SECOND", kSecond},
                                {"MINUTE", 60 * kSecond},
                                {"HOUR", 3600 * kSecond}};
  constexpr Micros kDays[] = {{"DAY", 1}, {"DAYOFYEAR", 1}, {"WEEK", 7}};
  ExpressionPtr moment = arguments[2];
  if (!moment->type.Is(TypeKind::kTimestampNtz)) {
    moment = Coerce(moment, DataType::Timestamp(), context);
  }
  ExpressionPtr count = Coerce(arguments[1], DataType::Long(), context);
  auto times = [&](int64_t by) {
    return CallFunction("*", {count, plan::MakeConstant(Literal::Long(by))}, context);
  };
  bool nullable = moment->nullable || count->nullable;
  for (const Micros& row : kMicros) {
    if (name != row.name) continue;
    return Native("spark_timestamp_add_micros", {moment, times(row.micros)}, moment->type, nullable,
                  context);
  }
  DataType type = moment->type;
  ExpressionPtr local = Local(moment, context);  // days and months go by the local calendar
  for (const Micros& row : kDays) {
    if (name != row.name) continue;
    constexpr int64_t kDay = 86400 * kSecond;
    return Coerce(Native("spark_timestamp_add_micros", {local, times(row.micros * kDay)},
                         DataType::TimestampNtz(), nullable, context),
                  type, context);
  }
  for (const Months& row : kMonths) {
    if (name != row.name) continue;
    ExpressionPtr months = Coerce(times(row.months), DataType::Integer(), context);
    return Coerce(
        Native("spark_add_months", {local, months}, DataType::TimestampNtz(), nullable, context),
        type, context);
  }
  throw errors::UnsupportedFeature("timestampadd of " + name);
}

// timestampdiff(unit, from, to): whole units.
ExpressionPtr CountUnits(const CallContext& context, const Expressions& arguments) {
  Expressions operands{arguments[0],
                       Local(Coerce(arguments[1], DataType::Timestamp(), context), context),
                       Local(Coerce(arguments[2], DataType::Timestamp(), context), context)};
  bool nullable = AnyNullable(operands);
  return Native("spark_timestamp_diff", operands, DataType::Long(), nullable, context);
}

ExpressionPtr MakeDate(const CallContext& context, const Expressions& arguments) {
  bool nullable = AnyNullable(arguments) || !context.ansi;
  return Native(context.ansi ? "spark_make_date" : "spark_try_make_date", arguments,
                DataType::Date(), nullable, context);
}

ExpressionPtr DateFromDays(const CallContext& context, const Expressions& arguments) {
  ExpressionPtr epoch = plan::MakeConstant({DataType::Date(), Value(int64_t{0})});
  return AddDays(context, {epoch, arguments[0]});
}

ExpressionPtr DaysOfDate(const CallContext& context, const Expressions& arguments) {
  ExpressionPtr epoch = plan::MakeConstant({DataType::Date(), Value(int64_t{0})});
  return DaysBetween(context, {arguments[0], epoch});
}

// A function that gives NULL where Spark's ANSI mode ends with an error.
template <const char* name>
ExpressionPtr Leniently(const CallContext& context, const Expressions& arguments) {
  CallContext legacy = context;
  legacy.ansi = false;
  return CallFunction(name, arguments, legacy);
}
constexpr char kToDate[] = "to_date";
constexpr char kToTimestamp[] = "to_timestamp";

constexpr Function kRows[] = {
    {.name = "dateadd",
     .signatures = "(date, int|smallint|tinyint) -> date",
     .doc = "As date_add.",
     .means = Body{"date_add(_1, _2)"}},
    {.name = "to_timestamp_ltz",
     .signatures = "(string|date|timestamp|timestamp_ntz [, string]) -> timestamp",
     .doc = "As to_timestamp.",
     .means = Rewrite{ToTimestamp}},
    {.name = "to_timestamp_ntz",
     .signatures = "(string|date|timestamp|timestamp_ntz [, string]) -> timestamp_ntz",
     .doc = "The timestamp without a time zone of a text.",
     .means = Rewrite{ToLocalTimestamp}},
    {.name = "dayname",
     .signatures = "(date) -> string",
     .doc = "The weekday's short name.",
     .means = Body{"date_format(_1, 'EEE')"}},
    {.name = "monthname",
     .signatures = "(date) -> string",
     .doc = "The month's short name.",
     .means = Body{"date_format(_1, 'MMM')"}},
    {.name = "try_to_date",
     .signatures = "(any [, string]) -> any",
     .nulls = NullRule::kAlways,
     .doc = "As to_date, NULL for what is no date.",
     .means = Rewrite{Leniently<kToDate>}},
    {.name = "try_to_timestamp",
     .signatures = "(any [, string]) -> any",
     .nulls = NullRule::kAlways,
     .doc = "As to_timestamp, NULL for what is no timestamp.",
     .means = Rewrite{Leniently<kToTimestamp>}},
    {.name = "extract",
     .aliases = "date_part datepart",
     .signatures = "(string, any) -> any",
     .doc = "A field of a date or timestamp.",
     .means = Rewrite{Extract}},
    {.name = "year",
     .signatures = "(date) -> int",
     .doc = "The year.",
     .means = Rename{"year", true}},
    {.name = "quarter",
     .signatures = "(date) -> int",
     .doc = "The quarter of the year, 1 to 4.",
     .means = Rename{"quarter", true}},
    {.name = "month",
     .signatures = "(date) -> int",
     .doc = "The month of the year.",
     .means = Rename{"month", true}},
    {.name = "dayofmonth",
     .aliases = "day",
     .signatures = "(date) -> int",
     .doc = "The day of the month.",
     .means = Rename{"day", true}},
    {.name = "dayofyear",
     .signatures = "(date) -> int",
     .doc = "The day of the year.",
     .means = Rename{"dayofyear", true}},
    {.name = "weekofyear",
     .signatures = "(date) -> int",
     .doc = "The ISO week of the year.",
     .means = Rename{"weekofyear", true}},
    {.name = "dayofweek",
     .signatures = "(date) -> int",
     .doc = "The weekday, 1 for Sunday.",
     .means = Rewrite{DayOfWeek}},
    {.name = "weekday",
     .signatures = "(date) -> int",
     .doc = "The weekday, 0 for Monday.",
     .means = Kernel{"spark_weekday"}},
    {.name = "hour",
     .signatures = "(timestamp|timestamp_ntz) -> int; (time) -> int",
     .doc = "The hour.",
     .means = Rewrite{TimePart<kHour>}},
    {.name = "minute",
     .signatures = "(timestamp|timestamp_ntz) -> int; (time) -> int",
     .doc = "The minute.",
     .means = Rewrite{TimePart<kMinute>}},
    {.name = "second",
     .aliases = "sec",
     .signatures = "(timestamp|timestamp_ntz) -> int; (time) -> int",
     .doc = "The second.",
     .means = Rewrite{TimePart<kSecond>}},
    {.name = "date_add",
     .signatures = "(date, int|smallint|tinyint) -> date",
     .doc = "So many days later.",
     .means = Rewrite{AddDays}},
    {.name = "date_sub",
     .signatures = "(date, int|smallint|tinyint) -> date",
     .doc = "So many days earlier.",
     .means = Rewrite{SubtractDays}},
    {.name = "datediff",
     .aliases = "date_diff",
     .signatures = "(date, date) -> int",
     .doc = "The days from the second to the first.",
     .means = Rewrite{DaysBetween}},
    {.name = "timestampadd",
     .signatures = "(string, numeric, any) -> timestamp",
     .doc = "A timestamp so many units later.",
     .means = Rewrite{AddUnits}},
    {.name = "timestampdiff",
     .signatures = "(string, any, any) -> bigint",
     .doc = "The whole units from the first timestamp to the second.",
     .means = Rewrite{CountUnits}},
    {.name = "add_months",
     .signatures = "(date, int) -> date",
     .doc = "So many months later.",
     .means = Kernel{"spark_add_months"}},
    {.name = "months_between",
     .signatures = "(timestamp, timestamp [, boolean]) -> double",
     .doc = "The months from the second to the first.",
     .means = Rewrite{MonthsBetween}},
    {.name = "last_day",
     .signatures = "(date) -> date",
     .doc = "The month's last day.",
     .means = Kernel{"spark_last_day"}},
    {.name = "next_day",
     .signatures = "(date, string) -> date",
     .doc = "The next day that is such a weekday.",
     .means = Rewrite{NextDay}},
    {.name = "trunc",
     .signatures = "(date, string) -> date",
     .nulls = NullRule::kAlways,
     .doc = "The first day of the year, quarter, month or week.",
     .means = Kernel{"spark_trunc"}},
    {.name = "date_trunc",
     .signatures = "(string, timestamp) -> timestamp",
     .doc = "The start of the year, ..., microsecond.",
     .means = Rewrite{TruncateTimestamp}},
    {.name = "date_format",
     .signatures = "(timestamp, string) -> string",
     .doc = "As text, by a pattern.",
     .means = Rewrite{FormatDate}},
    {.name = "to_date",
     .signatures = "(string|date|timestamp|timestamp_ntz [, string]) -> date",
     .doc = "The date of a text.",
     .means = Rewrite{ToDate}},
    {.name = "to_timestamp",
     .signatures = "(string|date|timestamp|timestamp_ntz|numeric [, string]) -> timestamp",
     .doc = "The timestamp of a text.",
     .means = Rewrite{ToTimestamp}},
    {.name = "unix_timestamp",
     .signatures = "([string|date|timestamp|timestamp_ntz] [, string]) -> bigint",
     .doc = "Seconds since 1970.",
     .means = Rewrite{UnixTimestamp}},
    {.name = "to_unix_timestamp",
     .signatures = "(string|date|timestamp|timestamp_ntz [, string]) -> bigint",
     .doc = "Seconds since 1970.",
     .means = Rewrite{UnixTimestamp}},
    {.name = "from_unixtime",
     .signatures = "(bigint [, string]) -> string",
     .doc = "Seconds since 1970 as text.",
     .means = Rewrite{FromUnixTime}},
    {.name = "unix_seconds",
     .signatures = "(timestamp) -> bigint",
     .doc = "Seconds since 1970.",
     .means = Rewrite{UnixUnits<1000000>}},
    {.name = "unix_millis",
     .signatures = "(timestamp) -> bigint",
     .doc = "Milliseconds since 1970.",
     .means = Rewrite{UnixUnits<1000>}},
    {.name = "unix_micros",
     .signatures = "(timestamp) -> bigint",
     .doc = "Microseconds since 1970.",
     .means = Rewrite{UnixMicros}},
    {.name = "timestamp_seconds",
     .signatures = "(bigint) -> timestamp",
     .doc = "The moment of seconds since 1970.",
     .means = Rewrite{FromUnits<1000000>}},
    {.name = "timestamp_millis",
     .signatures = "(bigint) -> timestamp",
     .doc = "The moment of milliseconds since 1970.",
     .means = Rewrite{FromUnits<1000>}},
    {.name = "timestamp_micros",
     .signatures = "(bigint) -> timestamp",
     .doc = "The moment of microseconds since 1970.",
     .means = Rewrite{FromUnits<1>}},
    {.name = "make_date",
     .signatures = "(int, int, int) -> date",
     .doc = "The date of year, month and day.",
     .means = Rewrite{MakeDate}},
    {.name = "date_from_unix_date",
     .signatures = "(int) -> date",
     .doc = "The date so many days after 1970-01-01.",
     .means = Rewrite{DateFromDays}},
    {.name = "unix_date",
     .signatures = "(date) -> int",
     .doc = "Days since 1970-01-01.",
     .means = Rewrite{DaysOfDate}},
    {.name = "current_date",
     .aliases = "curdate",
     .signatures = "() -> date",
     .doc = "Today, in the session's time zone.",
     .means = Rewrite{Today}},
    {.name = "current_timestamp",
     .aliases = "now",
     .signatures = "() -> timestamp",
     .doc = "The moment the query started.",
     .means = Rewrite{Now}},
    {.name = "localtimestamp",
     .signatures = "() -> timestamp_ntz",
     .doc = "The moment the query started, local time.",
     .means = Rewrite{LocalNow}},
    {.name = "current_timezone",
     .signatures = "() -> string",
     .doc = "The session's time zone.",
     .means = Rewrite{CurrentZone}},
};

}  // namespace

std::span<const Function> DateFunctions() { return kRows; }

}  // namespace pyrite::functions
