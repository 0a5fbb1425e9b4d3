#include "lower/kernels/date_fault.h"

#include "base/text/calendar.h"
#include "lower/kernels/error.h"

namespace pyrite::lower {

std::string RangeFault(const char* field, int64_t least, int64_t most, int64_t value) {
  return std::string("Invalid value for ") + field + " (valid values " + std::to_string(least) +
         " - " + std::to_string(most) + "): " + std::to_string(value);
}

std::string DateFault(int64_t year, int64_t month, int64_t day) {
  constexpr const char* kMonths[] = {"JANUARY",   "FEBRUARY", "MARCH",    "APRIL",
                                     "MAY",       "JUNE",     "JULY",     "AUGUST",
                                     "SEPTEMBER", "OCTOBER",  "NOVEMBER", "DECEMBER"};
  constexpr int64_t kMostYears = 999999999;
  if (year < -kMostYears || year > kMostYears) {
    return RangeFault("Year", -kMostYears, kMostYears, year);
  }
  if (month < 1 || month > 12) return RangeFault("MonthOfYear", 1, 12, month);
  if (day < 1 || day > 31) {
    return "Invalid value for DayOfMonth (valid values 1 - 28/31): " + std::to_string(day);
  }
  if (day <= DaysInMonth(year, static_cast<int32_t>(month))) return "";
  if (day == 29) {
    return "Invalid date 'February 29' as '" + std::to_string(year) + "' is not a leap year";
  }
  return std::string("Invalid date '") + kMonths[month - 1] + " " + std::to_string(day) + "'";
}

std::string TimeFault(int64_t hour, int64_t minute, int64_t second) {
  if (hour < 0 || hour > 23) return RangeFault("HourOfDay", 0, 23, hour);
  if (minute < 0 || minute > 59) return RangeFault("MinuteOfHour", 0, 59, minute);
  if (second < 0 || second > 59) return RangeFault("SecondOfMinute", 0, 59, second);
  return "";
}

void ThrowOutOfRange(const std::string& fault) {
  ThrowSpark("DATETIME_FIELD_OUT_OF_BOUNDS.WITH_SUGGESTION",
             {{"rangeMessage", fault}, {"ansiConfig", "\"spark.sql.ansi.enabled\""}});
}

}  // namespace pyrite::lower
