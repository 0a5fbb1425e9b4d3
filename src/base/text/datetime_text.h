// Dates, times and timestamps as Spark prints them: "2020-01-02", "2020-01-02 03:04:05.6", years
// beyond four digits with a sign.
#pragma once

#include <cstdint>
#include <string>

namespace pyrite {

// The longest text that the writers make.
constexpr int kDatetimeTextSize = 48;

// Each writes to `out` and returns the end.
char* WriteDate(char* out, int64_t days);
char* WriteTimestamp(char* out, int64_t local_micros);

std::string DateToString(int64_t days);               // 2020-01-31, +10000-01-01, -0044-03-15
std::string TimestampToString(int64_t local_micros);  // 2020-01-31 10:00:00.5
std::string TimeToString(int64_t nanoseconds);        // 10:00:00.123456

}  // namespace pyrite
