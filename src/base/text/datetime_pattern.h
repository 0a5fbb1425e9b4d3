// Reading texts by the patterns of Java's DateTimeFormatter, as Spark uses them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/text/time_zone.h"

namespace pyrite {

// The letter of the pattern that ParseByPattern cannot read, or with `zones`
// ParseInstantByPattern; nullopt when it reads them all.
std::optional<char> UnreadableLetter(std::string_view pattern, bool zones = false);

// Local microseconds since 1970; nullopt when the text does not follow the pattern or is no such
// day or time. What the pattern leaves out is as in 1970-01-01 00:00:00.
std::optional<int64_t> ParseByPattern(std::string_view text, std::string_view pattern);

// Microseconds since the epoch; `zone` is for texts without a zone or offset of their own.
std::optional<int64_t> ParseInstantByPattern(std::string_view text, std::string_view pattern,
                                             const TimeZone& zone);

}  // namespace pyrite
