#include "base/text/datetime_text.h"

#include <charconv>

#include "base/text/calendar.h"

namespace pyrite {
namespace {

char* WriteTwoDigits(char* out, int64_t value) {
  *out++ = static_cast<char>('0' + value / 10);
  *out++ = static_cast<char>('0' + value % 10);
  return out;
}

char* WriteYear(char* out, int64_t year) {
  int64_t magnitude = year < 0 ? -year : year;
  if (year < 0) *out++ = '-';
  if (magnitude > 9999) {
    if (year > 0) *out++ = '+';
    return std::to_chars(out, out + 20, magnitude).ptr;
  }
  out = WriteTwoDigits(out, magnitude / 100);
  return WriteTwoDigits(out, magnitude % 100);
}

// `first_unit` is what the first digit behind the point counts.
char* WriteFraction(char* out, int64_t rest, int64_t first_unit) {
  if (rest == 0) return out;
  *out++ = '.';
  for (int64_t unit = first_unit; rest != 0; unit /= 10) {
    *out++ = static_cast<char>('0' + rest / unit);
    rest %= unit;
  }
  return out;
}

char* WriteClock(char* out, int64_t seconds) {
  out = WriteTwoDigits(out, seconds / 3600);
  *out++ = ':';
  out = WriteTwoDigits(out, seconds / 60 % 60);
  *out++ = ':';
  return WriteTwoDigits(out, seconds % 60);
}

}  // namespace

char* WriteDate(char* out, int64_t days) {
  const CivilDate date = CivilFromDays(days);
  out = WriteYear(out, date.year);
  *out++ = '-';
  out = WriteTwoDigits(out, date.month);
  *out++ = '-';
  return WriteTwoDigits(out, date.day);
}

char* WriteTimestamp(char* out, int64_t local_micros) {
  const int64_t days = FloorDivide(local_micros, kMicrosPerDay);
  const int64_t micros_of_day = FloorModulo(local_micros, kMicrosPerDay);
  out = WriteDate(out, days);
  *out++ = ' ';
  out = WriteClock(out, micros_of_day / kMicrosPerSecond);
  return WriteFraction(out, micros_of_day % kMicrosPerSecond, kMicrosPerSecond / 10);
}

std::string DateToString(int64_t days) {
  char text[kDatetimeTextSize];
  return std::string(text, WriteDate(text, days));
}

std::string TimestampToString(int64_t local_micros) {
  char text[kDatetimeTextSize];
  return std::string(text, WriteTimestamp(text, local_micros));
}

std::string TimeToString(int64_t nanoseconds) {
  constexpr int64_t kNanosPerSecond = 1'000'000'000;
  char text[kDatetimeTextSize];
  char* end = WriteClock(text, nanoseconds / kNanosPerSecond);
  return std::string(text, WriteFraction(end, nanoseconds % kNanosPerSecond, kNanosPerSecond / 10));
}

}  // namespace pyrite
