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

// The number of the digits; below 0: they are not all digits.
int32_t Digits(const char* text, int count) {
  int32_t value = 0;
  for (int i = 0; i < count; ++i) {
    if (!IsDigit(text[i])) return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

// yyyy-MM-dd and nothing else.
std::optional<int32_t> PlainDate(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  int32_t year = Digits(text.data(), 4);
  int32_t month = Digits(text.data() + 5, 2);
  int32_t day = Digits(text.data() + 8, 2);
  if (year < 0 || month < 0 || day < 0) return std::nullopt;
  if (!IsValidDate(year, month, day)) return std::nullopt;
  return static_cast<int32_t>(DaysFromCivil(year, month, day));
}

// yyyy-MM-dd HH:mm:ss, or with T, and nothing else: local seconds.
std::optional<int64_t> PlainSeconds(std::string_view text) {
  if (text.size() != 19 || (text[10] != ' ' && text[10] != 'T')) return std::nullopt;
  if (text[13] != ':' || text[16] != ':') return std::nullopt;
  auto days = PlainDate(text.substr(0, 10));
  int32_t hour = Digits(text.data() + 11, 2);
  int32_t minute = Digits(text.data() + 14, 2);
  int32_t second = Digits(text.data() + 17, 2);
  if (!days || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
    return std::nullopt;
  }
  return *days * int64_t{86400} + hour * 3600 + minute * 60 + second;
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
  if (!timestamp_format_) {
    int64_t micros = 0;
    auto seconds = PlainSeconds(text);
    if (seconds && zone_->LocalToMicros(*seconds, 0, &micros)) return micros;
    return TextToTimestamp(text, *zone_);
  }
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
