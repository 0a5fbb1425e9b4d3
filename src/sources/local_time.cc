#include "sources/local_time.h"

#include <chrono>

#include "base/errors.h"
#include "base/text/calendar.h"
#include "base/text/time_zone.h"

namespace pyrite::sources {
namespace {

// The number of `min` to `max` digits at the front, which it takes away.
std::optional<int> TakeNumber(std::string_view& text, size_t min, size_t max) {
  int value = 0;
  size_t length = 0;
  while (length < text.size() && length < max && text[length] >= '0' && text[length] <= '9') {
    value = value * 10 + (text[length++] - '0');
  }
  if (length < min) return std::nullopt;
  text.remove_prefix(length);
  return value;
}

bool TakeCharacter(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<int64_t> TakeDate(std::string_view& text, bool lenient) {
  size_t digits = lenient ? 1 : 2;
  auto year = TakeNumber(text, 4, 4);
  if (!year || !TakeCharacter(text, '-')) return std::nullopt;
  auto month = TakeNumber(text, digits, 2);
  if (!month || !TakeCharacter(text, '-')) return std::nullopt;
  auto day = TakeNumber(text, digits, 2);
  if (!day) return std::nullopt;
  std::chrono::year_month_day when{std::chrono::year(*year), std::chrono::month(*month),
                                   std::chrono::day(*day)};
  if (!when.ok()) return std::nullopt;
  return std::chrono::sys_days(when).time_since_epoch().count();
}

}  // namespace

std::optional<int64_t> ParseDate(std::string_view text, bool lenient) {
  while (lenient && !text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (lenient && !text.empty() && text.back() == ' ') text.remove_suffix(1);
  auto days = TakeDate(text, lenient);
  return text.empty() ? days : std::nullopt;
}

std::optional<int64_t> ParseLocalDateTime(std::string_view text, char separator,
                                          int fraction_digits) {
  auto days = TakeDate(text, /*lenient=*/false);
  if (!days || !TakeCharacter(text, separator)) return std::nullopt;
  int64_t micros = *days * kMicrosPerDay;
  constexpr int64_t kUnits[] = {3600 * kMicrosPerSecond, 60 * kMicrosPerSecond, kMicrosPerSecond};
  constexpr int kLimits[] = {23, 59, 59};
  for (int i = 0; i < 3; ++i) {
    if (i > 0 && !TakeCharacter(text, ':')) return std::nullopt;
    auto number = TakeNumber(text, 2, 2);
    if (!number || *number > kLimits[i]) return std::nullopt;
    micros += *number * kUnits[i];
  }
  if (fraction_digits > 0 && TakeCharacter(text, '.')) {
    size_t before = text.size();
    auto fraction = TakeNumber(text, 1, fraction_digits);
    if (!fraction) return std::nullopt;
    int64_t scaled = *fraction;
    for (size_t digits = before - text.size(); digits < 6; ++digits) scaled *= 10;
    micros += scaled;
  }
  if (!text.empty()) return std::nullopt;
  return micros;
}

int64_t ToInstant(int64_t local_microseconds, const std::string& zone) {
  const TimeZone* found = TimeZone::Find(zone);
  if (found == nullptr) throw errors::InvalidTimeZone(zone);
  const int64_t seconds = FloorDivide(local_microseconds, kMicrosPerSecond);
  return found->LocalToUtc(seconds) * kMicrosPerSecond + local_microseconds -
         seconds * kMicrosPerSecond;
}

}  // namespace pyrite::sources
