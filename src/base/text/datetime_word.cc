#include "base/text/datetime_word.h"

#include <algorithm>
#include <cctype>
#include <string>

#include "base/text/calendar.h"
#include "base/text/text_to_number.h"

namespace pyrite {
namespace {

int64_t DatetimeValue(int64_t utc_micros, int64_t local_day, bool at_midnight, const DataType& to,
                      const TimeZone& zone) {
  if (to.Is(TypeKind::kDate)) return local_day;
  const int64_t midnight = local_day * kSecondsPerDay;
  if (to.Is(TypeKind::kTimestamp)) {
    return at_midnight ? zone.LocalToUtc(midnight) * kMicrosPerSecond : utc_micros;
  }
  return at_midnight ? midnight * kMicrosPerSecond : zone.MicrosToLocal(utc_micros);
}

}  // namespace

std::optional<int64_t> DatetimeWord(std::string_view text, const DataType& to, int64_t now_micros,
                                    const TimeZone& zone) {
  std::string word(TrimAll(text));
  std::transform(word.begin(), word.end(), word.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (word == "epoch") return 0;
  const int64_t today = FloorDivide(zone.MicrosToLocal(now_micros), kMicrosPerDay);
  if (word == "now") return DatetimeValue(now_micros, today, false, to, zone);
  if (word == "today") return DatetimeValue(now_micros, today, true, to, zone);
  if (word == "tomorrow") return DatetimeValue(now_micros, today + 1, true, to, zone);
  if (word == "yesterday") return DatetimeValue(now_micros, today - 1, true, to, zone);
  return std::nullopt;
}

}  // namespace pyrite
