#include "base/text/text_to_datetime.h"

#include <chrono>

#include "base/text/calendar.h"
#include "base/text/text_to_number.h"

namespace pyrite {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Reads from the front of a text; every step says whether it went well.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool done() const { return text_.empty(); }
  bool At(char c) const { return !done() && text_.front() == c; }
  std::string_view rest() const { return text_; }
  bool Take(char c) {
    if (!At(c)) return false;
    text_.remove_prefix(1);
    return true;
  }
  // A number of `least` to `most` digits, and not one more.
  bool TakeNumber(size_t least, size_t most, int64_t* value) {
    size_t n = 0;
    *value = 0;
    while (n < text_.size() && n <= most && IsDigit(text_[n])) {
      *value = *value * 10 + (text_[n++] - '0');
    }
    text_.remove_prefix(n);
    return n >= least && n <= most;
  }
  // Any number of digits as a fraction of a second: microseconds, the rest cut off.
  int64_t TakeFraction() {
    int64_t micros = 0;
    int64_t unit = 100'000;
    while (!done() && IsDigit(text_.front())) {
      micros += (text_.front() - '0') * unit;
      unit /= 10;
      text_.remove_prefix(1);
    }
    return micros;
  }

 private:
  std::string_view text_;
};

struct Parts {
  int64_t year = 1, month = 1, day = 1;
  int64_t hour = 0, minute = 0, second = 0, micros = 0;
  bool has_date = true;
  std::string_view zone;

  bool IsValidTime() const { return hour < 24 && minute < 60 && second < 60; }
  bool IsValidDay() const {
    return IsValidDate(year, static_cast<int32_t>(month), static_cast<int32_t>(day));
  }
  int64_t Days() const {
    return DaysFromCivil(year, static_cast<int32_t>(month), static_cast<int32_t>(day));
  }
  int64_t SecondsOfDay() const { return hour * 3600 + minute * 60 + second; }
};

// [+-]y[-m[-d]]; true when it ends there or at a space or T after the day.
bool ScanDate(Scanner* scanner, size_t year_digits, Parts* parts) {
  const bool negative = scanner->At('-');
  if (negative || scanner->At('+')) scanner->Take(scanner->rest().front());
  if (!scanner->TakeNumber(4, year_digits, &parts->year)) return false;
  if (negative) parts->year = -parts->year;
  if (scanner->done()) return true;
  if (!scanner->Take('-') || !scanner->TakeNumber(1, 2, &parts->month)) return false;
  if (scanner->done()) return true;
  if (!scanner->Take('-') || !scanner->TakeNumber(1, 2, &parts->day)) return false;
  return scanner->done() || scanner->At(' ') || scanner->At('T');
}

// h:m[:s[.f]][zone]; after a date the hour may stand alone.
bool ScanTime(Scanner* scanner, Parts* parts) {
  if (!scanner->TakeNumber(1, 2, &parts->hour)) return false;
  if (scanner->done()) return true;
  if (!scanner->Take(':') || !scanner->TakeNumber(1, 2, &parts->minute)) return false;
  if (scanner->done()) return true;
  if (!scanner->Take(':') || !scanner->TakeNumber(1, 2, &parts->second)) return false;
  if (scanner->Take('.')) parts->micros = scanner->TakeFraction();
  parts->zone = TrimAll(scanner->rest());
  return scanner->done() || !parts->zone.empty();
}

// Whether a time stands at the start, without a date: "T..." or "h:" or "hh:".
bool StartsWithTime(std::string_view text) {
  const size_t colon = text.find(':');
  return text.front() == 'T' || (colon != std::string_view::npos && colon <= 2);
}

bool ScanTimestamp(std::string_view text, Parts* parts) {
  const std::string_view trimmed = TrimAll(text);
  if (trimmed.empty()) return false;
  Scanner scanner(trimmed);
  if (StartsWithTime(trimmed)) {
    // Spark looks for the T at the very start, before trimming.
    if (scanner.Take('T') && text.front() != 'T') return false;
    parts->has_date = false;
    return ScanTime(&scanner, parts) && parts->IsValidTime();
  }
  if (!ScanDate(&scanner, 6, parts) || !parts->IsValidDay()) return false;
  if (scanner.done()) return true;
  scanner.Take(scanner.rest().front());
  return ScanTime(&scanner, parts) && parts->IsValidTime();
}

int64_t Today(const TimeZone& zone) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const int64_t utc = std::chrono::duration_cast<std::chrono::seconds>(now).count();
  return FloorDivide(utc + zone.OffsetAt(utc), kSecondsPerDay);
}

}  // namespace

std::optional<int32_t> TextToDate(std::string_view text) {
  Scanner scanner(TrimAll(text));
  Parts parts;
  if (scanner.done() || !ScanDate(&scanner, 7, &parts) || !parts.IsValidDay()) {
    return std::nullopt;
  }
  const int64_t days = parts.Days();
  if (days != static_cast<int32_t>(days)) return std::nullopt;
  return static_cast<int32_t>(days);
}

std::optional<int64_t> TextToTimestamp(std::string_view text, const TimeZone& zone) {
  Parts parts;
  if (!ScanTimestamp(text, &parts)) return std::nullopt;
  const TimeZone* own = parts.zone.empty() ? &zone : TimeZone::Find(parts.zone);
  if (own == nullptr) return std::nullopt;
  const int64_t days = parts.has_date ? parts.Days() : Today(*own);
  int64_t micros = 0;
  if (!own->LocalToMicros(days * kSecondsPerDay + parts.SecondsOfDay(), parts.micros, &micros)) {
    return std::nullopt;
  }
  return micros;
}

std::optional<int64_t> TextToTimestampNtz(std::string_view text, bool allow_zone) {
  Parts parts;
  if (!ScanTimestamp(text, &parts) || !parts.has_date) return std::nullopt;
  if (!parts.zone.empty() && (!allow_zone || TimeZone::Find(parts.zone) == nullptr)) {
    return std::nullopt;
  }
  int64_t micros = 0;
  if (!TimeZone::Utc()->LocalToMicros(parts.Days() * kSecondsPerDay + parts.SecondsOfDay(),
                                      parts.micros, &micros)) {
    return std::nullopt;
  }
  return micros;
}

std::optional<int64_t> TextToTime(std::string_view text) {
  Parts parts;
  if (!ScanTimestamp(text, &parts) || parts.has_date || !parts.zone.empty()) return std::nullopt;
  return (parts.SecondsOfDay() * kMicrosPerSecond + parts.micros) * 1000;
}

bool TimestampNamesZone(std::string_view text) {
  Parts parts;
  return ScanTimestamp(text, &parts) && !parts.zone.empty();
}

}  // namespace pyrite
