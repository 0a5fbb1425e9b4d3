// Intervals as Spark reads and prints them.
//
//   ReadIntervalLiteral("1 day 2 hours")           INTERVAL DAY TO HOUR of 26 hours
//   ReadUnitToUnit("1-2", "year", "month")         INTERVAL YEAR TO MONTH of 14 months
//   IntervalToString(90061000000, DataType::DayTimeInterval())   INTERVAL '1 01:01:01' DAY TO
//   SECOND
//
// Raises INVALID_INTERVAL_FORMAT.* for malformed text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/value.h"

namespace pyrite {

struct IntervalPart {
  std::string value;
  std::string unit;  // lower case, singular or plural
};

// A unit's name, singular or plural, lower case.
bool IsIntervalUnit(std::string_view word);
CalendarInterval ReadCalendarInterval(std::string_view text);
// As the literals INTERVAL '...' and INTERVAL value unit ...: of the type that the units ask for.
Literal ReadIntervalLiteral(std::string_view text);
Literal ReadIntervalParts(const std::vector<IntervalPart>& parts);
Literal ReadUnitToUnit(std::string_view value, const std::string& from, const std::string& to);

std::string IntervalToString(int64_t value, const DataType& type);
std::string CalendarIntervalToString(const CalendarInterval& interval);

}  // namespace pyrite
