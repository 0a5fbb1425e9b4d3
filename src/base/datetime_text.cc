#include "base/datetime_text.h"

#include <array>
#include <chrono>
#include <cstdio>

#include "base/time_zone.h"

namespace pyrite {
namespace {

constexpr int64_t kMicrosPerSecond = 1000000;
constexpr int64_t kMicrosPerDay = 86400 * kMicrosPerSecond;

int64_t FloorDiv(int64_t a, int64_t b) { return a / b - (a % b != 0 && (a < 0) != (b < 0)); }

bool IsBlank(char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F; }

std::string_view Trim(std::string_view text) {
  while (!text.empty() && IsBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsBlank(text.back())) text.remove_suffix(1);
  return text;
}

bool EqualsIgnoreCase(std::string_view a, std::string_view lower) {
  if (a.size() != lower.size()) return false;
  for (size_t i = 0; i < a.size(); ++i) {
    char c = a[i] >= 'A' && a[i] <= 'Z' ? static_cast<char>(a[i] - 'A' + 'a') : a[i];
    if (c != lower[i]) return false;
  }
  return true;
}

int64_t NowMicroseconds() {
  using std::chrono::duration_cast, std::chrono::microseconds, std::chrono::system_clock;
  return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
}

// Days from today that a word means.
std::optional<int> DayWord(std::string_view text) {
  if (EqualsIgnoreCase(text, "today")) return 0;
  if (EqualsIgnoreCase(text, "yesterday")) return -1;
  if (EqualsIgnoreCase(text, "tomorrow")) return 1;
  return std::nullopt;
}

int64_t Today(const std::string& zone) {
  return FloorDiv(UtcToLocal(NowMicroseconds(), zone).value_or(NowMicroseconds()), kMicrosPerDay);
}

}  // namespace

int64_t DaysFromCivil(int64_t year, int month, int day) {
  year -= month <= 2;
  int64_t era = FloorDiv(year, 400);
  int64_t year_of_era = year - era * 400;
  int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

CivilDate CivilFromDays(int64_t days) {
  days += 719468;
  int64_t era = FloorDiv(days, 146097);
  int64_t day_of_era = days - era * 146097;
  int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int64_t month_index = (5 * day_of_year + 2) / 153;
  CivilDate date;
  date.day = static_cast<int>(day_of_year - (153 * month_index + 2) / 5 + 1);
  date.month = static_cast<int>(month_index < 10 ? month_index + 3 : month_index - 9);
  date.year = year_of_era + era * 400 + (date.month <= 2);
  return date;
}

bool IsValidDate(int64_t year, int64_t month, int64_t day) {
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12 || day < 1) return false;
  bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return day <= kDays[month - 1] + (month == 2 && leap);
}

namespace {

// year, month, day, hour, minute, second, microsecond
struct Parts {
  std::array<int64_t, 8> segments{1, 1, 1, 0, 0, 0, 0, 0};
  std::optional<std::string> zone;
  bool just_time = false;
};

bool ValidDigits(int segment, int digits, int longest_year) {
  if (segment == 0) return digits >= 4 && digits <= longest_year;
  if (segment == 6) return true;
  if (segment == 7) return digits <= 2;
  return digits > 0 && digits <= 2;
}

class TimestampReader {
 public:
  explicit TimestampReader(std::string_view text) : text_(Trim(text)) {}

  std::optional<Parts> Read() {
    if (text_.empty()) return std::nullopt;
    int64_t sign = 1;
    if (text_[0] == '-' || text_[0] == '+') {
      signed_ = true;
      sign = text_[at_++] == '-' ? -1 : 1;
    }
    for (; at_ < text_.size(); ++at_) {
      char c = text_[at_];
      if (c >= '0' && c <= '9') {
        if (segment_ != 6 || digits_ < 6) value_ = value_ * 10 + (c - '0');
        if (++digits_ > 60) return std::nullopt;
      } else if (!Separator(c)) {
        return std::nullopt;
      }
    }
    if (!ValidDigits(segment_, digits_, 6)) return std::nullopt;
    if (segment_ == 6) Scale();
    parts_.segments[segment_] = value_;
    parts_.segments[0] *= sign;
    return parts_;
  }

 private:
  void Scale() {
    for (int i = digits_; i < 6; ++i) value_ *= 10;
  }

  bool Store(int segment, int next) {
    if (!ValidDigits(segment, digits_, 6)) return false;
    if (segment == 6) Scale();
    parts_.segments[segment] = value_;
    value_ = digits_ = 0;
    segment_ = next;
    return true;
  }

  bool Separator(char c) {
    if (at_ == 0 && c == 'T') {
      parts_.just_time = true;
      segment_ = 3;
      return true;
    }
    switch (segment_) {
      case 0:
        if (c == ':' && !signed_) {
          parts_.just_time = true;
          return Store(3, 4);
        }
        return c == '-' && Store(0, 1);
      case 1: return c == '-' && Store(1, 2);
      case 2: return (c == ' ' || c == 'T') && Store(2, 3);
      case 3:
      case 4: return c == ':' && Store(segment_, segment_ + 1);
      case 5:
        if (c == '.') return Store(5, 6);
        [[fallthrough]];
      case 6:
        if (!Store(segment_, 7)) return false;
        parts_.zone = std::string(Trim(text_.substr(at_)));
        at_ = text_.size() - 1;
        return true;
      default: return false;
    }
  }

  std::string_view text_;
  size_t at_ = 0;
  int segment_ = 0;
  int64_t value_ = 0;
  int digits_ = 0;
  bool signed_ = false;
  Parts parts_;
};

std::optional<int64_t> TimeOfDay(const Parts& parts) {
  const auto& s = parts.segments;
  if (s[3] > 23 || s[4] > 59 || s[5] > 59) return std::nullopt;
  return ((s[3] * 60 + s[4]) * 60 + s[5]) * kMicrosPerSecond + s[6];
}

std::optional<int64_t> LocalMicroseconds(const Parts& parts, const std::string& zone) {
  const auto& s = parts.segments;
  std::optional<int64_t> time = TimeOfDay(parts);
  if (!time) return std::nullopt;
  if (parts.just_time) return Today(zone) * kMicrosPerDay + *time;
  if (!IsValidDate(s[0], s[1], s[2])) return std::nullopt;
  int64_t days = DaysFromCivil(s[0], static_cast<int>(s[1]), static_cast<int>(s[2]));
  // 106,751,991 days are what 64-bit microseconds hold.
  if (days > 106751990 || days < -106751990) return std::nullopt;
  return days * kMicrosPerDay + *time;
}

}  // namespace

std::optional<int64_t> ReadDate(std::string_view text, const std::string& time_zone) {
  text = Trim(text);
  if (EqualsIgnoreCase(text, "epoch")) return 0;
  if (EqualsIgnoreCase(text, "now")) return Today(time_zone);
  if (std::optional<int> days = DayWord(text)) return Today(time_zone) + *days;
  int64_t segments[3] = {1, 1, 1};
  int segment = 0, digits = 0;
  size_t at = 0;
  int64_t value = 0, sign = 1;
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) sign = text[at++] == '-' ? -1 : 1;
  for (; at < text.size(); ++at) {
    char c = text[at];
    if (c >= '0' && c <= '9') {
      value = value * 10 + (c - '0');
      if (++digits > 7) return std::nullopt;
      continue;
    }
    if (segment == 2 && (c == ' ' || c == 'T')) break;
    if (segment == 2 || c != '-' || !ValidDigits(segment, digits, 7)) return std::nullopt;
    segments[segment++] = value;
    value = digits = 0;
  }
  if (!ValidDigits(segment, digits, 7)) return std::nullopt;
  segments[segment] = value;
  if (!IsValidDate(sign * segments[0], segments[1], segments[2])) return std::nullopt;
  return DaysFromCivil(sign * segments[0], static_cast<int>(segments[1]),
                       static_cast<int>(segments[2]));
}

std::optional<int64_t> ReadTimestamp(std::string_view text, const std::string& time_zone) {
  std::string_view word = Trim(text);
  if (EqualsIgnoreCase(word, "epoch")) return 0;
  if (EqualsIgnoreCase(word, "now")) return NowMicroseconds();
  if (std::optional<int> days = DayWord(word)) {
    return LocalToUtc((Today(time_zone) + *days) * kMicrosPerDay, time_zone);
  }
  std::optional<Parts> parts = TimestampReader(text).Read();
  if (!parts) return std::nullopt;
  const std::string& zone = parts->zone ? *parts->zone : time_zone;
  if (parts->zone && !IsTimeZone(zone)) return std::nullopt;
  std::optional<int64_t> local = LocalMicroseconds(*parts, zone);
  return local ? LocalToUtc(*local, zone) : std::nullopt;
}

std::optional<int64_t> ReadTimestampNtz(std::string_view text) {
  std::string_view word = Trim(text);
  if (EqualsIgnoreCase(word, "epoch")) return 0;
  std::optional<Parts> parts = TimestampReader(text).Read();
  if (!parts || parts->just_time) return std::nullopt;
  if (parts->zone && !IsTimeZone(*parts->zone)) return std::nullopt;
  return LocalMicroseconds(*parts, "UTC");
}

std::optional<int64_t> ReadTime(std::string_view text) {
  std::optional<Parts> parts = TimestampReader(text).Read();
  if (!parts || !parts->just_time || parts->zone) return std::nullopt;
  std::optional<int64_t> time = TimeOfDay(*parts);
  if (!time) return std::nullopt;
  return *time * 1000;
}

bool HasTimeZone(std::string_view timestamp) {
  std::optional<Parts> parts = TimestampReader(timestamp).Read();
  return parts && parts->zone.has_value();
}

namespace {

std::string Padded(int64_t value, int width) {
  char buffer[32];
  std::snprintf(buffer, sizeof(buffer), "%0*lld", width, static_cast<long long>(value));
  return buffer;
}

// ".5", ".000001", "" for 0: `value` has `width` digits.
std::string Fraction(int64_t value, int width) {
  if (value == 0) return "";
  std::string text = "." + Padded(value, width);
  while (text.back() == '0') text.pop_back();
  return text;
}

std::string ClockText(int64_t seconds) {
  return Padded(seconds / 3600, 2) + ":" + Padded(seconds / 60 % 60, 2) + ":" +
         Padded(seconds % 60, 2);
}

}  // namespace

std::string DateToString(int64_t days) {
  CivilDate date = CivilFromDays(days);
  std::string sign = date.year > 9999 ? "+" : date.year < 0 ? "-" : "";
  return sign + Padded(date.year < 0 ? -date.year : date.year, 4) + "-" + Padded(date.month, 2) +
         "-" + Padded(date.day, 2);
}

std::string TimestampNtzToString(int64_t microseconds) {
  int64_t days = FloorDiv(microseconds, kMicrosPerDay);
  int64_t time = microseconds - days * kMicrosPerDay;
  return DateToString(days) + " " + ClockText(time / kMicrosPerSecond) +
         Fraction(time % kMicrosPerSecond, 6);
}

std::string TimestampToString(int64_t microseconds, const std::string& time_zone) {
  return TimestampNtzToString(UtcToLocal(microseconds, time_zone).value_or(microseconds));
}

std::string TimeToString(int64_t nanoseconds) {
  return ClockText(nanoseconds / 1000000000) + Fraction(nanoseconds % 1000000000, 9);
}

}  // namespace pyrite
