// Zone ids that are an offset: "Z", "UTC", "GMT", "UT", "+8", "-0830", "+05:30", "+01:02:03", and
// those after UTC, GMT or UT. Also Spark's "+1:30" and "+01:3". Within 18 hours.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace pyrite {

std::optional<int32_t> ZoneOffsetSeconds(std::string_view id);

}  // namespace pyrite
