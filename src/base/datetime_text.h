// Dates, times and timestamps as Spark reads them from strings (casts and literals) and prints
// them.
//
// Days count from 1970-01-01, timestamps are microseconds since the epoch (NTZ: on the wall
// clock), times nanoseconds since midnight. The calendar is the proleptic Gregorian one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pyrite {

struct CivilDate {
  int64_t year = 1970;
  int month = 1;
  int day = 1;
};
int64_t DaysFromCivil(int64_t year, int month, int day);
CivilDate CivilFromDays(int64_t days);
bool IsValidDate(int64_t year, int64_t month, int64_t day);

// nullopt: not such a text. The words epoch, now, today, yesterday, tomorrow are read as Spark's
// literals read them, in `time_zone`.
std::optional<int64_t> ReadDate(std::string_view text, const std::string& time_zone);
std::optional<int64_t> ReadTimestamp(std::string_view text, const std::string& time_zone);
std::optional<int64_t> ReadTimestampNtz(std::string_view text);
std::optional<int64_t> ReadTime(std::string_view text);
bool HasTimeZone(std::string_view timestamp);

std::string DateToString(int64_t days);                  // 2020-01-31, +10000-01-01, -0044-03-15
std::string TimestampNtzToString(int64_t microseconds);  // 2020-01-31 10:00:00.5
std::string TimestampToString(int64_t microseconds, const std::string& time_zone);
std::string TimeToString(int64_t nanoseconds);  // 10:00:00.123456

}  // namespace pyrite
