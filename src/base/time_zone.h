// Time zones by the names that Spark takes: "UTC", "Europe/Berlin", "+01:00", "GMT+1", "Z".
//
// Local times are microseconds since 1970-01-01 00:00:00 on the wall clock. As in Java, a local
// time that a clock change skips moves ahead by the gap; one that occurs twice is the earlier.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pyrite {

bool IsTimeZone(const std::string& name);
// nullopt for an unknown zone.
std::optional<int64_t> LocalToUtc(int64_t local_microseconds, const std::string& zone);
std::optional<int64_t> UtcToLocal(int64_t utc_microseconds, const std::string& zone);

}  // namespace pyrite
