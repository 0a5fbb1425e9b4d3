// Text to dates, times and timestamps, in all the forms that Spark accepts: "2020", "2020-1-2",
// "2020-01-02T03:04:05.678901", with a time zone after it, and a time alone, which is today's.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/text/time_zone.h"

namespace pyrite {

// Days since 1970-01-01; what follows the day after a space or T is not looked at.
std::optional<int32_t> TextToDate(std::string_view text);

// Microseconds since the epoch; `zone` is for text without a zone of its own.
std::optional<int64_t> TextToTimestamp(std::string_view text, const TimeZone& zone);

// Local microseconds. A zone in the text is checked and dropped, or with `allow_zone` false
// refused; a time without a date is refused.
std::optional<int64_t> TextToTimestampNtz(std::string_view text, bool allow_zone = true);

// Nanoseconds since midnight, to the microsecond: "10:30", "T10:30:00.5".
std::optional<int64_t> TextToTime(std::string_view text);

// Whether the text is a timestamp that names its time zone.
bool TimestampNamesZone(std::string_view text);

}  // namespace pyrite
