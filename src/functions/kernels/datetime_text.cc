#include "functions/kernels/datetime_text.h"

#include <charconv>

#include "functions/kernels/calendar.h"

namespace pyrite::functions {
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

char* WriteFraction(char* out, int64_t micros) {
  if (micros == 0) return out;
  *out++ = '.';
  for (int64_t unit = 100'000; micros != 0; unit /= 10) {
    *out++ = static_cast<char>('0' + micros / unit);
    micros %= unit;
  }
  return out;
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
  const int64_t seconds = micros_of_day / kMicrosPerSecond;
  out = WriteDate(out, days);
  *out++ = ' ';
  out = WriteTwoDigits(out, seconds / 3600);
  *out++ = ':';
  out = WriteTwoDigits(out, seconds / 60 % 60);
  *out++ = ':';
  out = WriteTwoDigits(out, seconds % 60);
  return WriteFraction(out, micros_of_day % kMicrosPerSecond);
}

}  // namespace pyrite::functions
