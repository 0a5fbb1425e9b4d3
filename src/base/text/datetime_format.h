// Writing moments by the patterns of Java's DateTimeFormatter, as Spark uses them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/text/time_zone.h"

namespace pyrite {

// The letter of the pattern that AppendByPattern does not write; nullopt when it writes them all.
std::optional<char> UnwritableLetter(std::string_view pattern);

// What a clock in `zone` shows at `local` microseconds since 1970 there.
void AppendByPattern(int64_t local, std::string_view pattern, const TimeZone& zone,
                     std::string& out);

}  // namespace pyrite
