// Kernels of dates and timestamps.

#include "duckdb/common/types/date.hpp"

#include <cmath>

#include "base/text/calendar.h"
#include "base/text/datetime_format.h"
#include "duckdb/common/types/timestamp.hpp"
#include "duckdb/common/vector_operations/binary_executor.hpp"
#include "lower/kernels/cast_errors.h"
#include "lower/kernels/date_fault.h"
#include "lower/kernels/error.h"
#include "lower/kernels/families.h"
#include "lower/kernels/pattern_check.h"
#include "lower/kernels/rowwise.h"

namespace pyrite::lower {
namespace {

using duckdb::BinaryExecutor;
using duckdb::DataChunk;
using duckdb::date_t;
using duckdb::ExpressionState;
using duckdb::LogicalType;
using duckdb::timestamp_t;
using duckdb::Vector;

date_t CheckedDate(int64_t days) {
  if (days == static_cast<int32_t>(days)) return date_t(static_cast<int32_t>(days));
  ThrowJavaArithmetic("overflow");
}

[[noreturn]] void ThrowLongOverflow() {
  ThrowJava("java.lang.ArithmeticException", "long overflow");
}

// days * kMicrosPerDay + micros
timestamp_t CheckedMoment(int64_t days, int64_t micros) {
  int64_t moment;
  if (!__builtin_mul_overflow(days, kMicrosPerDay, &moment) &&
      !__builtin_add_overflow(moment, micros, &moment)) {
    return timestamp_t(moment);
  }
  ThrowLongOverflow();
}

void AddMonthsToDate(DataChunk& arguments, ExpressionState&, Vector& result) {
  BinaryExecutor::Execute<date_t, int32_t, date_t>(
      arguments.data[0], arguments.data[1], result,
      [](date_t date, int32_t months) { return CheckedDate(AddMonthsToDays(date.days, months)); });
}

void AddMonthsToTimestamp(DataChunk& arguments, ExpressionState&, Vector& result) {
  BinaryExecutor::Execute<timestamp_t, int32_t, timestamp_t>(
      arguments.data[0], arguments.data[1], result, [](timestamp_t moment, int32_t months) {
        int64_t days = FloorDivide(moment.value, kMicrosPerDay);
        int64_t rest = moment.value - days * kMicrosPerDay;
        return CheckedMoment(AddMonthsToDays(days, months), rest);
      });
}

void AddMicrosToDate(DataChunk& arguments, ExpressionState&, Vector& result) {
  BinaryExecutor::Execute<date_t, int64_t, date_t>(
      arguments.data[0], arguments.data[1], result,
      [](date_t date, int64_t micros) { return CheckedDate(date.days + micros / kMicrosPerDay); });
}

void AddMicrosToTimestamp(DataChunk& arguments, ExpressionState&, Vector& result) {
  BinaryExecutor::Execute<timestamp_t, int64_t, timestamp_t>(
      arguments.data[0], arguments.data[1], result, [](timestamp_t moment, int64_t micros) {
        int64_t sum;
        if (!__builtin_add_overflow(moment.value, micros, &sum)) return timestamp_t(sum);
        ThrowLongOverflow();
      });
}

void SubtractDates(DataChunk& arguments, ExpressionState&, Vector& result) {
  BinaryExecutor::Execute<date_t, date_t, int64_t>(
      arguments.data[0], arguments.data[1], result, [](date_t to, date_t from) {
        return (static_cast<int64_t>(to.days) - from.days) * kMicrosPerDay;
      });
}

void SubtractTimestamps(DataChunk& arguments, ExpressionState&, Vector& result) {
  BinaryExecutor::Execute<timestamp_t, timestamp_t, int64_t>(
      arguments.data[0], arguments.data[1], result,
      [](timestamp_t to, timestamp_t from) { return to.value - from.value; });
}

using Text = std::string_view;

std::string Lower(Text text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

// 0 for Monday.
int32_t Weekday(int32_t days) { return static_cast<int32_t>(((days + 3) % 7 + 7) % 7); }

std::optional<int32_t> WeekdayNamed(Text name) {
  constexpr const char* kNames[][3] = {{"mo", "mon", "monday"},    {"tu", "tue", "tuesday"},
                                       {"we", "wed", "wednesday"}, {"th", "thu", "thursday"},
                                       {"fr", "fri", "friday"},    {"sa", "sat", "saturday"},
                                       {"su", "sun", "sunday"}};
  std::string lower = Lower(name);
  for (int32_t day = 0; day < 7; ++day) {
    for (const char* known : kNames[day]) {
      if (lower == known) return day;
    }
  }
  return std::nullopt;
}

std::optional<date_t> NextDay(date_t date, Text name) {
  auto day = WeekdayNamed(name);
  if (!day) return std::nullopt;
  int32_t ahead = (*day - Weekday(date.days) + 7) % 7;
  return date_t(date.days + (ahead == 0 ? 7 : ahead));
}

date_t NextDayOrThrow(date_t date, Text name) {
  auto next = NextDay(date, name);
  if (!next) ThrowSpark("ILLEGAL_DAY_OF_WEEK", {{"string", std::string(name)}});
  return *next;
}

date_t LastDay(date_t date) {
  CivilDate civil = CivilFromDays(date.days);
  return date_t(date.days + DaysInMonth(civil.year, civil.month) - civil.day);
}

// The first day of the unit that holds `days`; nullopt: not a unit of days.
std::optional<int64_t> TruncateDays(int64_t days, const std::string& unit) {
  CivilDate civil = CivilFromDays(days);
  if (unit == "year" || unit == "yyyy" || unit == "yy") return DaysFromCivil(civil.year, 1, 1);
  if (unit == "quarter") return DaysFromCivil(civil.year, (civil.month - 1) / 3 * 3 + 1, 1);
  if (unit == "month" || unit == "mm" || unit == "mon") {
    return DaysFromCivil(civil.year, civil.month, 1);
  }
  if (unit == "week") return days - Weekday(static_cast<int32_t>(days));
  return std::nullopt;
}

std::optional<date_t> TruncateDate(date_t date, Text unit) {
  auto days = TruncateDays(date.days, Lower(unit));
  if (!days) return std::nullopt;
  return date_t(static_cast<int32_t>(*days));
}

std::optional<timestamp_t> TruncateTimestamp(Text unit, timestamp_t moment) {
  struct Unit {
    const char* name;
    int64_t micros;
  };
  constexpr Unit kUnits[] = {{"day", kMicrosPerDay},
                             {"dd", kMicrosPerDay},
                             {"hour", 3600 * kMicrosPerSecond},
                             {"minute", 60 * kMicrosPerSecond},
                             {"second", kMicrosPerSecond},
                             {"millisecond", 1000},
                             {"microsecond", 1}};
  std::string lower = Lower(unit);
  for (const Unit& row : kUnits) {
    if (lower == row.name) return timestamp_t(FloorDivide(moment.value, row.micros) * row.micros);
  }
  auto days = TruncateDays(FloorDivide(moment.value, kMicrosPerDay), lower);
  if (!days) return std::nullopt;
  return timestamp_t(*days * kMicrosPerDay);
}

double MonthsBetween(timestamp_t to, timestamp_t from, bool rounds) {
  int64_t to_days = FloorDivide(to.value, kMicrosPerDay);
  int64_t from_days = FloorDivide(from.value, kMicrosPerDay);
  CivilDate a = CivilFromDays(to_days), b = CivilFromDays(from_days);
  auto months = static_cast<double>((a.year - b.year) * 12 + a.month - b.month);
  bool both_last = a.day == DaysInMonth(a.year, a.month) && b.day == DaysInMonth(b.year, b.month);
  if (a.day == b.day || both_last) return months;
  constexpr double kSecondsPerMonth = 31.0 * 86400;
  int64_t to_seconds = FloorDivide(to.value - to_days * kMicrosPerDay, kMicrosPerSecond);
  int64_t from_seconds = FloorDivide(from.value - from_days * kMicrosPerDay, kMicrosPerSecond);
  auto seconds = static_cast<double>((a.day - b.day) * 86400 + to_seconds - from_seconds);
  double difference = months + seconds / kSecondsPerMonth;
  return rounds ? std::floor(difference * 1e8 + 0.5) / 1e8 : difference;
}

// Whole months from one moment to another, towards zero.
int64_t WholeMonths(int64_t from, int64_t to) {
  int64_t from_days = FloorDivide(from, kMicrosPerDay), to_days = FloorDivide(to, kMicrosPerDay);
  CivilDate a = CivilFromDays(from_days), b = CivilFromDays(to_days);
  int64_t months = (b.year - a.year) * 12 + b.month - a.month;
  int64_t from_rest = a.day * kMicrosPerDay + from - from_days * kMicrosPerDay;
  int64_t to_rest = b.day * kMicrosPerDay + to - to_days * kMicrosPerDay;
  if (months > 0 && to_rest < from_rest) --months;
  if (months < 0 && to_rest > from_rest) ++months;
  return months;
}

int64_t WholeUnits(Text unit, timestamp_t from, timestamp_t to) {
  struct Unit {
    const char* name;
    int64_t size;
  };
  constexpr Unit kMicros[] = {{"microsecond", 1},
                              {"millisecond", 1000},
                              {"second", kMicrosPerSecond},
                              {"minute", 60 * kMicrosPerSecond},
                              {"hour", 3600 * kMicrosPerSecond},
                              {"day", kMicrosPerDay},
                              {"dayofyear", kMicrosPerDay},
                              {"week", 7 * kMicrosPerDay}};
  constexpr Unit kMonths[] = {{"month", 1}, {"quarter", 3}, {"year", 12}};
  std::string lower = Lower(unit);
  for (const Unit& row : kMicros) {
    if (lower == row.name) return (to.value - from.value) / row.size;
  }
  for (const Unit& row : kMonths) {
    if (lower == row.name) return WholeMonths(from.value, to.value) / row.size;
  }
  ThrowSpark("UNSUPPORTED_FEATURE.PYRITE", {{"feature", "timestampdiff of " + lower}});
}

bool IsDate(int64_t year, int32_t month, int32_t day) {
  return year >= -999999 && year <= 999999 && month >= 1 && month <= 12 && day >= 1 &&
         day <= DaysInMonth(year, month);
}

std::string FormatTimestamp(timestamp_t local, Text pattern, Text zone_id) {
  CheckPattern(pattern, false);
  if (auto letter = UnwritableLetter(pattern)) {
    ThrowSpark("UNSUPPORTED_FEATURE.PYRITE",
               {{"feature", "the letter " + std::string(1, *letter) + " in date patterns"}});
  }
  const TimeZone* zone = TimeZone::Find(zone_id);
  std::string out;
  AppendByPattern(local.value, pattern, zone == nullptr ? *TimeZone::Utc() : *zone, out);
  return out;
}

void RegisterCalendarKernels(duckdb::ExtensionLoader& loader) {
  LogicalType date = LogicalType::DATE, local = LogicalType::TIMESTAMP;
  LogicalType text = LogicalType::VARCHAR, integer = LogicalType::INTEGER;
  auto add = [&](const char* name, duckdb::vector<LogicalType> arguments, LogicalType result,
                 duckdb::scalar_function_t function, bool fallible = false) {
    loader.RegisterFunction(
        MakeKernel(name, std::move(arguments), std::move(result), std::move(function), fallible));
  };
  add("spark_weekday", {date}, integer,
      Rowwise<int32_t, date_t>([](date_t day) { return Weekday(day.days); }));
  add("spark_dayofweek", {date}, integer,
      Rowwise<int32_t, date_t>([](date_t day) { return (Weekday(day.days) + 1) % 7 + 1; }));
  add("spark_last_day", {date}, date, Rowwise<date_t, date_t>(LastDay));
  add("spark_next_day", {date, text}, date, Rowwise<date_t, date_t, Text>(NextDayOrThrow), true);
  add("spark_try_next_day", {date, text}, date, Rowwise<date_t, date_t, Text>(NextDay));
  add("spark_trunc", {date, text}, date, Rowwise<date_t, date_t, Text>(TruncateDate));
  add("spark_date_trunc", {text, local}, local,
      Rowwise<timestamp_t, Text, timestamp_t>(TruncateTimestamp));
  add("spark_months_between", {local, local, LogicalType::BOOLEAN}, LogicalType::DOUBLE,
      Rowwise<double, timestamp_t, timestamp_t, bool>(MonthsBetween));
  add("spark_date_format", {local, text, text}, text,
      Rowwise<std::string, timestamp_t, Text, Text>(FormatTimestamp), true);
  add("spark_second_with_fraction", {local}, LogicalType::DECIMAL(8, 6),
      Rowwise<int32_t, timestamp_t>([](timestamp_t moment) {
        constexpr int64_t kMinute = 60 * kMicrosPerSecond;
        return static_cast<int32_t>(moment.value - FloorDivide(moment.value, kMinute) * kMinute);
      }));
  add("spark_timestamp_diff", {text, local, local}, LogicalType::BIGINT,
      Rowwise<int64_t, Text, timestamp_t, timestamp_t>(WholeUnits), true);
  add("spark_floor_div", {LogicalType::BIGINT, LogicalType::BIGINT}, LogicalType::BIGINT,
      Rowwise<int64_t, int64_t, int64_t>(FloorDivide));
  add("spark_make_date", {integer, integer, integer}, date,
      Rowwise<date_t, int32_t, int32_t, int32_t>([](int32_t year, int32_t month, int32_t day) {
        if (!IsDate(year, month, day)) ThrowOutOfRange(DateFault(year, month, day));
        return date_t(static_cast<int32_t>(DaysFromCivil(year, month, day)));
      }),
      true);
  add("spark_try_make_date", {integer, integer, integer}, date,
      Rowwise<date_t, int32_t, int32_t, int32_t>(
          [](int32_t year, int32_t month, int32_t day) -> std::optional<date_t> {
            if (!IsDate(year, month, day)) return std::nullopt;
            return date_t(static_cast<int32_t>(DaysFromCivil(year, month, day)));
          }));
}

}  // namespace

void RegisterDateKernels(duckdb::ExtensionLoader& loader) {
  LogicalType date = LogicalType::DATE, months = LogicalType::INTEGER;
  LogicalType micros = LogicalType::BIGINT;
  loader.RegisterFunction(
      MakeKernel("spark_add_months", {date, months}, date, AddMonthsToDate, true));
  loader.RegisterFunction(
      MakeKernel("spark_date_add_micros", {date, micros}, date, AddMicrosToDate, true));
  loader.RegisterFunction(MakeKernel("spark_subtract_dates", {date, date}, micros, SubtractDates));
  for (const LogicalType& moment : {LogicalType::TIMESTAMP, LogicalType::TIMESTAMP_TZ}) {
    loader.RegisterFunction(MakeKernel("spark_timestamp_add_micros", {moment, micros}, moment,
                                       AddMicrosToTimestamp, true));
    loader.RegisterFunction(
        MakeKernel("spark_subtract_timestamps", {moment, moment}, micros, SubtractTimestamps));
  }
  loader.RegisterFunction(MakeKernel("spark_add_months", {LogicalType::TIMESTAMP, months},
                                     LogicalType::TIMESTAMP, AddMonthsToTimestamp, true));
  RegisterCalendarKernels(loader);
}

}  // namespace pyrite::lower
