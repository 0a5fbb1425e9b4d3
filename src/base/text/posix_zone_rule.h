// The rule at the end of a TZif file, for all years after its last transition:
// "PST8PDT,M3.2.0,M11.1.0".
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace pyrite {

struct PosixZoneRule {
  struct Date {
    enum class Kind : uint8_t { kMonthWeekDay, kJulian, kDayOfYear } kind = Kind::kMonthWeekDay;
    int32_t month = 0, week = 0, day = 0;
    int32_t seconds = 7200;  // local time of day, may lie outside the day
    int64_t DaysIn(int64_t year) const;
  };

  int32_t standard_offset = 0;  // seconds east
  int32_t daylight_offset = 0;
  bool has_daylight = false;
  Date daylight_start;
  Date daylight_end;

  static std::optional<PosixZoneRule> Parse(std::string_view text);

  // The moments (UTC seconds) of the year, in order, with the offset from there on.
  std::array<std::pair<int64_t, int32_t>, 2> TransitionsIn(int64_t year) const;
};

}  // namespace pyrite
