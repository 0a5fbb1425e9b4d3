#include "base/text/datetime_pattern.h"

#include <cctype>
#include <string>

#include "base/text/calendar.h"

namespace pyrite {
namespace {

constexpr std::string_view kMonths[] = {"january",   "february", "march",    "april",
                                        "may",       "june",     "july",     "august",
                                        "september", "october",  "november", "december"};

struct Fields {
  int64_t year = 1970;
  int64_t month = 1, day = 1, hour = 0, minute = 0, second = 0, micros = 0;
  int64_t day_of_year = 0;                 // 0: not given
  int64_t half_hour = -1, afternoon = -1;  // h and a; -1: not given
  const TimeZone* zone = nullptr;          // an offset too
};

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool Read(std::string_view pattern);
  bool AtEnd() const { return at_ == text_.size(); }
  const Fields& fields() const { return fields_; }

 private:
  bool ReadItem(char letter, size_t width, bool adjacent);
  void ReadSection(std::string_view pattern, size_t& i);
  bool Number(size_t least, size_t most, int64_t& value);
  bool Month(bool is_short);
  bool Offset(char letter, size_t width);
  bool ZoneName();
  bool Fraction(size_t most);
  bool Literal(char c) {
    if (AtEnd() || std::tolower(static_cast<unsigned char>(text_[at_])) !=
                       std::tolower(static_cast<unsigned char>(c))) {
      return false;
    }
    ++at_;
    return true;
  }

  std::string_view text_;
  size_t at_ = 0;
  Fields fields_;
};

bool IsLetter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool Reader::Number(size_t least, size_t most, int64_t& value) {
  size_t end = at_;
  value = 0;
  while (end < text_.size() && end - at_ < most && IsDigit(text_[end])) {
    value = value * 10 + (text_[end++] - '0');
  }
  bool enough = end - at_ >= least;
  at_ = end;
  return enough;
}

bool Reader::Month(bool is_short) {
  for (size_t i = 0; i < 12; ++i) {
    std::string_view name = is_short ? kMonths[i].substr(0, 3) : kMonths[i];
    if (text_.size() - at_ < name.size()) continue;
    bool same = true;
    for (size_t k = 0; k < name.size() && same; ++k) {
      same = std::tolower(static_cast<unsigned char>(text_[at_ + k])) == name[k];
    }
    if (!same) continue;
    at_ += name.size();
    fields_.month = static_cast<int64_t>(i + 1);
    return true;
  }
  return false;
}

// +01, +0100, +01:00 by the letters' number; X also reads Z.
bool Reader::Offset(char letter, size_t width) {
  bool colon = (letter != 'Z' && (width == 3 || width == 5)) || (letter == 'Z' && width == 5);
  if (AtEnd()) return false;
  if (text_[at_] == 'Z' && (letter == 'X' || (letter == 'Z' && width == 5))) {
    ++at_;
    fields_.zone = TimeZone::Utc();
    return true;
  }
  if (text_[at_] != '+' && text_[at_] != '-') return false;
  std::string id(1, text_[at_++]);
  int64_t hours = 0, minutes = 0;
  if (!Number(2, 2, hours)) return false;
  bool has_minutes = letter == 'Z' || width > 1;
  if (width == 1 && letter != 'Z') has_minutes = !AtEnd() && IsDigit(text_[at_]);
  if (has_minutes) {
    if (colon && !Literal(':')) return false;
    if (!Number(2, 2, minutes)) return false;
  }
  if (hours > 18 || minutes > 59) return false;
  const auto two = [](int64_t value) {
    return std::string(value < 10 ? "0" : "") + std::to_string(value);
  };
  id += two(hours) + ":" + two(minutes);
  fields_.zone = TimeZone::Find(id);
  return fields_.zone != nullptr;
}

// Europe/Paris, UTC, +01:00: as long a name as there is.
bool Reader::ZoneName() {
  size_t end = at_;
  while (end < text_.size() &&
         (IsLetter(text_[end]) || IsDigit(text_[end]) ||
          std::string_view("/_+-:").find(text_[end]) != std::string_view::npos)) {
    ++end;
  }
  for (; end > at_; --end) {
    fields_.zone = TimeZone::Find(text_.substr(at_, end - at_));
    if (fields_.zone == nullptr) continue;
    at_ = end;
    return true;
  }
  return false;
}

// One digit or more, as many as the pattern has letters.
bool Reader::Fraction(size_t most) {
  size_t start = at_;
  int64_t scale = 100000;
  fields_.micros = 0;
  while (!AtEnd() && at_ - start < most && IsDigit(text_[at_])) {
    fields_.micros += (text_[at_++] - '0') * scale;
    scale /= 10;
  }
  return at_ > start;
}

bool Reader::ReadItem(char letter, size_t width, bool adjacent) {
  constexpr size_t kManyDigits = 9;
  size_t most = width == 1 && !adjacent ? kManyDigits : width;
  switch (letter) {
    case 'y': {
      bool ok = Number(width, most, fields_.year);
      if (width == 2) fields_.year += 2000;
      return ok;
    }
    case 'M':
    case 'L': return width <= 2 ? Number(width, most, fields_.month) : Month(width == 3);
    case 'd': return Number(width, most, fields_.day);
    case 'D':
      return Number(width, width == 3 ? 3 : most, fields_.day_of_year) && fields_.day_of_year > 0;
    case 'H': return Number(width, most, fields_.hour) && fields_.hour < 24;
    case 'h':
      return Number(width, most, fields_.half_hour) && fields_.half_hour >= 1 &&
             fields_.half_hour <= 12;
    case 'm': return Number(width, most, fields_.minute) && fields_.minute < 60;
    case 's': return Number(width, most, fields_.second) && fields_.second < 60;
    case 'S': return Fraction(width);
    case 'a': {
      if (text_.size() - at_ < 2) return false;
      int half = std::tolower(static_cast<unsigned char>(text_[at_]));
      int rest = std::tolower(static_cast<unsigned char>(text_[at_ + 1]));
      if ((half != 'a' && half != 'p') || rest != 'm') return false;
      fields_.afternoon = half == 'p' ? 1 : 0;
      at_ += 2;
      return true;
    }
    case 'X':
    case 'x':
    case 'Z': return Offset(letter, width);
    case 'V':
    case 'z': return ZoneName();
    default: return false;
  }
}

// [...]: there or not.
void Reader::ReadSection(std::string_view pattern, size_t& i) {
  size_t end = i + 1;
  int depth = 1;
  for (; end < pattern.size(); ++end) {
    if (pattern[end] == '[') ++depth;
    if (pattern[end] == ']' && --depth == 0) break;
  }
  Reader attempt = *this;
  if (attempt.Read(pattern.substr(i + 1, end - i - 1))) *this = attempt;
  i = end + 1;
}

bool Reader::Read(std::string_view pattern) {
  for (size_t i = 0; i < pattern.size();) {
    char c = pattern[i];
    if (c == '[') {
      ReadSection(pattern, i);
      continue;
    }
    if (c == '\'') {
      if (pattern.substr(i, 2) == "''") {
        if (!Literal(c)) return false;
        i += 2;
        continue;
      }
      for (++i; i < pattern.size(); ++i) {
        if (pattern[i] == c && pattern.substr(i, 2) != "''") break;
        if (pattern[i] == c) ++i;
        if (!Literal(pattern[i])) return false;
      }
      ++i;
      continue;
    }
    if (!IsLetter(c)) {
      if (!Literal(c)) return false;
      ++i;
      continue;
    }
    size_t end = i;
    while (end < pattern.size() && pattern[end] == c) ++end;
    bool adjacent = end < pattern.size() && IsLetter(pattern[end]) && pattern[end] != 'a';
    if (!ReadItem(c, end - i, adjacent)) return false;
    i = end;
  }
  return true;
}

std::optional<int64_t> MicrosOf(const Fields& f) {
  int64_t days;
  if (f.day_of_year > 0) {
    if (f.day_of_year > (IsLeapYear(f.year) ? 366 : 365)) return std::nullopt;
    days = DaysFromCivil(f.year, 1, 1) + f.day_of_year - 1;
  } else {
    if (!IsValidDate(f.year, static_cast<int32_t>(f.month), static_cast<int32_t>(f.day))) {
      return std::nullopt;
    }
    days = DaysFromCivil(f.year, static_cast<int32_t>(f.month), static_cast<int32_t>(f.day));
  }
  int64_t hour = f.hour;
  if (f.half_hour >= 0) hour = f.half_hour % 12 + (f.afternoon == 1 ? 12 : 0);
  int64_t seconds = hour * 3600 + f.minute * 60 + f.second;
  return days * kMicrosPerDay + seconds * kMicrosPerSecond + f.micros;
}

}  // namespace

std::optional<char> UnreadableLetter(std::string_view pattern, bool zones) {
  constexpr std::string_view kKnown = "yMLdDHhmsSa";
  constexpr std::string_view kZones = "XxZVz";
  bool quoted = false;
  for (char c : pattern) {
    if (c == '\'') quoted = !quoted;
    if (quoted || !IsLetter(c) || kKnown.find(c) != std::string_view::npos) continue;
    if (!zones || kZones.find(c) == std::string_view::npos) return c;
  }
  return std::nullopt;
}

std::optional<int64_t> ParseByPattern(std::string_view text, std::string_view pattern) {
  Reader reader(text);
  if (!reader.Read(pattern) || !reader.AtEnd()) return std::nullopt;
  return MicrosOf(reader.fields());
}

std::optional<int64_t> ParseInstantByPattern(std::string_view text, std::string_view pattern,
                                             const TimeZone& zone) {
  Reader reader(text);
  if (!reader.Read(pattern) || !reader.AtEnd()) return std::nullopt;
  auto local = MicrosOf(reader.fields());
  if (!local) return std::nullopt;
  const TimeZone& own = reader.fields().zone != nullptr ? *reader.fields().zone : zone;
  int64_t micros = 0;
  if (!own.LocalToMicros(FloorDivide(*local, kMicrosPerSecond),
                         FloorModulo(*local, kMicrosPerSecond), &micros)) {
    return std::nullopt;
  }
  return micros;
}

}  // namespace pyrite
