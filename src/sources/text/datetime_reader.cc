#include "sources/text/datetime_reader.h"

#include "base/errors.h"
#include "base/text/calendar.h"
#include "base/text/datetime_pattern.h"
#include "base/text/text_to_datetime.h"

namespace pyrite::sources {
namespace {

void CheckPattern(const std::optional<std::string>& pattern, bool zones) {
  if (!pattern) return;
  if (auto letter = UnreadableLetter(*pattern, zones)) {
    throw errors::UnsupportedFeature("reading dates by the letter " + std::string(1, *letter));
  }
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// yyyy-MM-dd and nothing else.
std::optional<int32_t> PlainDate(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  for (size_t i : {0, 1, 2, 3, 5, 6, 8, 9}) {
    if (!IsDigit(text[i])) return std::nullopt;
  }
  const auto number = [&](size_t from, size_t to) {
    int32_t value = 0;
    for (size_t i = from; i < to; ++i) value = value * 10 + (text[i] - '0');
    return value;
  };
  int32_t year = number(0, 4), month = number(5, 7), day = number(8, 10);
  if (!IsValidDate(year, month, day)) return std::nullopt;
  return static_cast<int32_t>(DaysFromCivil(year, month, day));
}

}  // namespace

DatetimeReader::DatetimeReader(const TextOptions& options)
    : date_format_(options.date_format),
      timestamp_format_(options.timestamp_format),
      timestamp_ntz_format_(options.timestamp_ntz_format),
      date_fallback_(options.date_fallback),
      timestamp_fallback_(options.timestamp_fallback),
      zone_(TimeZone::Find(options.time_zone)) {
  CheckPattern(date_format_, false);
  CheckPattern(timestamp_format_, true);
  CheckPattern(timestamp_ntz_format_, false);
}

std::optional<int32_t> DatetimeReader::StrictDate(std::string_view text) const {
  if (!date_format_) return PlainDate(text);
  auto micros = ParseByPattern(text, *date_format_);
  if (!micros) return std::nullopt;
  int64_t days = *micros / kMicrosPerDay;
  return static_cast<int32_t>(*micros % kMicrosPerDay < 0 ? days - 1 : days);
}

std::optional<int32_t> DatetimeReader::Date(std::string_view text) const {
  if (auto days = StrictDate(text)) return days;
  return date_fallback_ ? TextToDate(text) : std::nullopt;
}

std::optional<int64_t> DatetimeReader::StrictTimestamp(std::string_view text) const {
  if (!timestamp_format_) return TextToTimestamp(text, *zone_);
  return ParseInstantByPattern(text, *timestamp_format_, *zone_);
}

std::optional<int64_t> DatetimeReader::Timestamp(std::string_view text) const {
  if (auto micros = StrictTimestamp(text)) return micros;
  return timestamp_fallback_ ? TextToTimestamp(text, *zone_) : std::nullopt;
}

std::optional<int64_t> DatetimeReader::TimestampNtz(std::string_view text) const {
  if (timestamp_ntz_format_) return ParseByPattern(text, *timestamp_ntz_format_);
  return TextToTimestampNtz(text, false);
}

}  // namespace pyrite::sources
