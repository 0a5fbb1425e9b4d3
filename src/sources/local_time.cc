#include "sources/local_time.h"

#include <arrow/vendored/datetime/tz.h>

#include <chrono>
#include <stdexcept>

#include "base/errors.h"

namespace pyrite::sources {
namespace {

namespace date = arrow_vendored::date;

constexpr int64_t kMicrosPerSecond = 1'000'000;
constexpr int64_t kMicrosPerDay = 86'400 * kMicrosPerSecond;

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

// The seconds of "Z", "+2", "+02:00", "GMT+2", "UTC-03:30"; none for a region's name.
std::optional<int64_t> FixedOffset(std::string_view zone) {
  for (std::string_view prefix : {"UTC", "GMT", "UT"}) {
    if (zone.starts_with(prefix)) {
      zone.remove_prefix(prefix.size());
      break;
    }
  }
  if (zone.empty() || zone == "Z") return 0;
  if (zone[0] != '+' && zone[0] != '-') return std::nullopt;
  int64_t sign = zone[0] == '-' ? -1 : 1;
  zone.remove_prefix(1);
  auto hours = TakeNumber(zone, 1, 2);
  std::optional<int> minutes = 0;
  if (hours && TakeCharacter(zone, ':')) minutes = TakeNumber(zone, 2, 2);
  if (!hours || !minutes || !zone.empty()) return std::nullopt;
  return sign * (*hours * 3600 + *minutes * 60);
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
  if (auto offset = FixedOffset(zone)) return local_microseconds - *offset * kMicrosPerSecond;
  const date::time_zone* found = nullptr;
  try {
    found = date::locate_zone(zone);
  } catch (const std::runtime_error&) {
    throw errors::InvalidTimeZone(zone);
  }
  int64_t seconds = local_microseconds / kMicrosPerSecond;
  if (local_microseconds % kMicrosPerSecond < 0) --seconds;
  // Inside a gap or an overlap the offset before the change holds.
  auto info = found->get_info(date::local_seconds(std::chrono::seconds(seconds)));
  return local_microseconds - info.first.offset.count() * kMicrosPerSecond;
}

}  // namespace pyrite::sources
