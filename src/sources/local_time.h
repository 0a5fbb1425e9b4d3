// Dates and times as partition folders and file options write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pyrite::sources {

// "2024-01-31" as days since 1970-01-01, proleptic Gregorian. With `lenient` also what Spark's cast
// takes: one-digit months and days, spaces around.
std::optional<int64_t> ParseDate(std::string_view text, bool lenient);

// "2024-01-31 12:30:00" with at most `fraction_digits` behind a point, as microseconds of local
// time since 1970-01-01. `separator` stands between date and time.
std::optional<int64_t> ParseLocalDateTime(std::string_view text, char separator,
                                          int fraction_digits);

// The instant of a local time in a zone ("UTC", "+02:00", "Europe/Paris"), in microseconds since
// the epoch. Of a local time that is skipped or there twice, what java.time.ZonedDateTime.of makes.
// Raises INVALID_TIMEZONE.
int64_t ToInstant(int64_t local_microseconds, const std::string& zone);

}  // namespace pyrite::sources
