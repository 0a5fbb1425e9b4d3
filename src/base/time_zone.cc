#include "base/time_zone.h"

// As libarrow itself is built: the zones are those of the system.
#define USE_OS_TZDB 1
#define HAS_REMOTE_API 0
#include <arrow/vendored/datetime.h>

#include <chrono>
#include <exception>

namespace pyrite {
namespace {

namespace tz = arrow_vendored::date;

constexpr int64_t kSecond = 1000000;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Reads one or two digits at `at`; -1 when there are none.
int ReadTwo(std::string_view text, size_t& at) {
  if (at >= text.size() || !IsDigit(text[at])) return -1;
  int value = text[at++] - '0';
  if (at < text.size() && IsDigit(text[at])) value = value * 10 + (text[at++] - '0');
  return value;
}

// "+1", "+01", "+0130", "+1:30", "+01:30:15": seconds east of UTC.
std::optional<int64_t> ReadOffset(std::string_view text) {
  if (text.empty() || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  int parts[3] = {0, 0, 0};
  size_t at = 1;
  for (int i = 0; i < 3; ++i) {
    parts[i] = ReadTwo(text, at);
    if (parts[i] < 0) return std::nullopt;
    if (at == text.size()) break;
    if (text[at] == ':') ++at;
  }
  if (at != text.size() || parts[0] > 18 || parts[1] > 59 || parts[2] > 59) return std::nullopt;
  int64_t seconds = parts[0] * 3600 + parts[1] * 60 + parts[2];
  if (seconds > 18 * 3600) return std::nullopt;
  return text[0] == '-' ? -seconds : seconds;
}

std::optional<int64_t> FixedOffset(std::string_view name) {
  if (name == "Z" || name == "UTC" || name == "GMT" || name == "UT") return 0;
  for (std::string_view prefix : {"UTC", "GMT", "UT"}) {
    if (name.starts_with(prefix)) return ReadOffset(name.substr(prefix.size()));
  }
  return ReadOffset(name);
}

const tz::time_zone* Region(const std::string& name) {
  try {
    return tz::locate_zone(name);
  } catch (const std::exception&) {
    return nullptr;
  }
}

std::chrono::seconds FloorSeconds(int64_t microseconds) {
  int64_t seconds = microseconds / kSecond - (microseconds % kSecond < 0);
  return std::chrono::seconds(seconds);
}

}  // namespace

bool IsTimeZone(const std::string& name) {
  return FixedOffset(name).has_value() || Region(name) != nullptr;
}

std::optional<int64_t> LocalToUtc(int64_t local_microseconds, const std::string& zone) {
  if (std::optional<int64_t> offset = FixedOffset(zone)) {
    return local_microseconds - *offset * kSecond;
  }
  const tz::time_zone* region = Region(zone);
  if (region == nullptr) return std::nullopt;
  tz::local_info info = region->get_info(tz::local_seconds(FloorSeconds(local_microseconds)));
  return local_microseconds - info.first.offset.count() * kSecond;
}

std::optional<int64_t> UtcToLocal(int64_t utc_microseconds, const std::string& zone) {
  if (std::optional<int64_t> offset = FixedOffset(zone)) {
    return utc_microseconds + *offset * kSecond;
  }
  const tz::time_zone* region = Region(zone);
  if (region == nullptr) return std::nullopt;
  tz::sys_info info = region->get_info(tz::sys_seconds(FloorSeconds(utc_microseconds)));
  return utc_microseconds + info.offset.count() * kSecond;
}

}  // namespace pyrite
