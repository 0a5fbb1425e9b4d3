// Spark's names for moments, as its datetime literals and casts of constants take them: epoch, now,
// today, tomorrow, yesterday, in any letter case.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/text/time_zone.h"
#include "base/types.h"

namespace pyrite {

// The value for `to`, a date or timestamp type, at the moment `now_micros`; nullopt: no such word.
std::optional<int64_t> DatetimeWord(std::string_view text, const DataType& to, int64_t now_micros,
                                    const TimeZone& zone);

}  // namespace pyrite
