// Reading texts by the patterns of Java's DateTimeFormatter, as Spark uses them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace pyrite {

// The letter of the pattern that ParseByPattern cannot read; nullopt when it reads them all.
std::optional<char> UnreadableLetter(std::string_view pattern);

// Local microseconds since 1970; nullopt when the text does not follow the pattern or is no such
// day or time. What the pattern leaves out is as in 1970-01-01 00:00:00.
std::optional<int64_t> ParseByPattern(std::string_view text, std::string_view pattern);

}  // namespace pyrite
