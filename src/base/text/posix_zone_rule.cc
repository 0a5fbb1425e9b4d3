#include "base/text/posix_zone_rule.h"

#include <algorithm>
#include <cctype>

#include "base/text/calendar.h"

namespace pyrite {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool Take(std::string_view* text, char c) {
  if (text->empty() || text->front() != c) return false;
  text->remove_prefix(1);
  return true;
}

bool TakeName(std::string_view* text) {
  size_t n = 0;
  if (Take(text, '<')) {
    n = text->find('>');
    if (n == std::string_view::npos) return false;
    text->remove_prefix(n + 1);
    return true;
  }
  while (n < text->size() && std::isalpha(static_cast<unsigned char>((*text)[n]))) ++n;
  text->remove_prefix(n);
  return n >= 3;
}

bool TakeNumber(std::string_view* text, int32_t* value) {
  if (text->empty() || !IsDigit(text->front())) return false;
  *value = 0;
  while (!text->empty() && IsDigit(text->front())) {
    *value = *value * 10 + (text->front() - '0');
    text->remove_prefix(1);
  }
  return true;
}

// [+-]h[:m[:s]]
bool TakeTime(std::string_view* text, int32_t* seconds) {
  const bool negative = Take(text, '-');
  if (!negative) Take(text, '+');
  int32_t part = 0;
  if (!TakeNumber(text, &part)) return false;
  *seconds = part * 3600;
  for (int32_t unit : {60, 1}) {
    if (!Take(text, ':')) break;
    if (!TakeNumber(text, &part)) return false;
    *seconds += part * unit;
  }
  if (negative) *seconds = -*seconds;
  return true;
}

bool TakeDate(std::string_view* text, PosixZoneRule::Date* date) {
  using Kind = PosixZoneRule::Date::Kind;
  if (Take(text, 'M')) {
    date->kind = Kind::kMonthWeekDay;
    if (!TakeNumber(text, &date->month) || !Take(text, '.') || !TakeNumber(text, &date->week) ||
        !Take(text, '.') || !TakeNumber(text, &date->day)) {
      return false;
    }
    if (date->month < 1 || date->month > 12) return false;
  } else {
    date->kind = Take(text, 'J') ? Kind::kJulian : Kind::kDayOfYear;
    if (!TakeNumber(text, &date->day)) return false;
  }
  return !Take(text, '/') || TakeTime(text, &date->seconds);
}

}  // namespace

int64_t PosixZoneRule::Date::DaysIn(int64_t year) const {
  const int64_t new_year = DaysFromCivil(year, 1, 1);
  if (kind == Kind::kDayOfYear) return new_year + day;
  if (kind == Kind::kJulian) return new_year + day - 1 + (day >= 60 && IsLeapYear(year) ? 1 : 0);
  const int64_t first = DaysFromCivil(year, month, 1);
  int64_t result = first + FloorModulo(day - DayOfWeek(first), 7) + (week - 1) * 7;
  if (result >= first + DaysInMonth(year, month)) result -= 7;  // week 5 is the last
  return result;
}

std::optional<PosixZoneRule> PosixZoneRule::Parse(std::string_view text) {
  PosixZoneRule rule;
  if (!TakeName(&text) || !TakeTime(&text, &rule.standard_offset)) return std::nullopt;
  rule.standard_offset = -rule.standard_offset;  // written as hours west
  if (text.empty()) return rule;
  rule.has_daylight = true;
  rule.daylight_offset = rule.standard_offset + 3600;
  if (!TakeName(&text)) return std::nullopt;
  if (!text.empty() && text.front() != ',') {
    if (!TakeTime(&text, &rule.daylight_offset)) return std::nullopt;
    rule.daylight_offset = -rule.daylight_offset;
  }
  if (!Take(&text, ',') || !TakeDate(&text, &rule.daylight_start) || !Take(&text, ',') ||
      !TakeDate(&text, &rule.daylight_end) || !text.empty()) {
    return std::nullopt;
  }
  return rule;
}

std::array<std::pair<int64_t, int32_t>, 2> PosixZoneRule::TransitionsIn(int64_t year) const {
  const auto utc = [&](const Date& date, int32_t offset_before) {
    return date.DaysIn(year) * kSecondsPerDay + date.seconds - offset_before;
  };
  std::array<std::pair<int64_t, int32_t>, 2> result = {
      std::pair{utc(daylight_start, standard_offset), daylight_offset},
      std::pair{utc(daylight_end, daylight_offset), standard_offset}};
  std::sort(result.begin(), result.end());
  return result;
}

}  // namespace pyrite
