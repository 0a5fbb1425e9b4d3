#include "base/text/datetime_format.h"

#include <algorithm>

#include "base/text/calendar.h"

namespace pyrite {
namespace {

constexpr std::string_view kMonths[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};
constexpr std::string_view kDays[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                      "Thursday", "Friday", "Saturday"};

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

class Writer {
 public:
  Writer(int64_t local, const TimeZone& zone, std::string& out)
      : local_(local),
        zone_(zone),
        out_(out),
        days_(FloorDivide(local, kMicrosPerDay)),
        date_(CivilFromDays(days_)),
        second_(FloorModulo(local, kMicrosPerDay) / kMicrosPerSecond),
        fraction_(FloorModulo(local, kMicrosPerSecond)) {}

  void Write(char letter, size_t width);

 private:
  void Number(int64_t value, size_t width) {
    std::string digits = std::to_string(value < 0 ? -value : value);
    if (value < 0) out_ += '-';
    if (digits.size() < width) out_.append(width - digits.size(), '0');
    out_ += digits;
  }
  void Year(size_t width) {
    if (width == 2) return Number(FloorModulo(date_.year, 100), 2);
    if (date_.year > 9999 && width >= 4) out_ += '+';
    Number(date_.year, width);
  }
  void Fraction(size_t width);
  void Offset(char letter, size_t width);
  int32_t OffsetSeconds() const {
    int64_t seconds = FloorDivide(local_, kMicrosPerSecond);
    return static_cast<int32_t>(seconds - zone_.LocalToUtc(seconds));
  }

  int64_t local_;
  const TimeZone& zone_;
  std::string& out_;
  int64_t days_;
  CivilDate date_;
  int64_t second_;  // of the day
  int64_t fraction_;
};

void Writer::Fraction(size_t width) {
  std::string digits = std::to_string(fraction_);
  digits.insert(0, 6 - digits.size(), '0');
  digits.resize(width, '0');
  out_ += digits;
}

// X: Z for no offset; x and Z: always digits; O: GMT+8.
void Writer::Offset(char letter, size_t width) {
  int32_t offset = OffsetSeconds();
  int32_t size = offset < 0 ? -offset : offset;
  if (letter == 'X' && offset == 0) {
    out_ += 'Z';
    return;
  }
  if (letter == 'O' || (letter == 'Z' && width == 4)) {
    out_ += "GMT";
    if (offset == 0) return;
    out_ += offset < 0 ? '-' : '+';
    bool is_long = letter == 'Z' || width == 4;
    Number(size / 3600, is_long ? 2 : 1);
    if (is_long || size % 3600 != 0) {
      out_ += ':';
      Number(size / 60 % 60, 2);
    }
    return;
  }
  bool colon = letter == 'Z' ? width == 5 : width == 3 || width == 5;
  bool seconds = letter == 'Z' ? width == 5 : width >= 4;
  if (letter == 'Z' && width == 5 && offset == 0) {
    out_ += 'Z';
    return;
  }
  out_ += offset < 0 ? '-' : '+';
  Number(size / 3600, 2);
  if (letter != 'Z' && width == 1 && size / 60 % 60 == 0) return;
  if (colon) out_ += ':';
  Number(size / 60 % 60, 2);
  if (seconds && size % 60 != 0) {
    if (colon) out_ += ':';
    Number(size % 60, 2);
  }
}

void Writer::Write(char letter, size_t width) {
  switch (letter) {
    case 'G': out_ += width == 4 ? "Anno Domini" : width == 5 ? "A" : "AD"; return;
    case 'y':
    case 'u': return Year(width);
    case 'M':
    case 'L':
      if (width <= 2) return Number(date_.month, width);
      out_ += kMonths[date_.month - 1].substr(0, width == 3   ? 3
                                                 : width == 5 ? 1
                                                              : std::string_view::npos);
      return;
    case 'd': return Number(date_.day, width);
    case 'D': return Number(days_ - DaysFromCivil(date_.year, 1, 1) + 1, width);
    case 'q':
    case 'Q': {
      int32_t quarter = (date_.month - 1) / 3 + 1;
      if (width <= 2) return Number(quarter, width);
      constexpr std::string_view kNames[] = {"1st", "2nd", "3rd", "4th"};
      out_ += width == 3 ? "Q" + std::to_string(quarter)
                         : std::string(kNames[quarter - 1]) + " quarter";
      return;
    }
    case 'E': {
      std::string_view name = kDays[DayOfWeek(days_)];
      out_ += width <= 3 ? name.substr(0, 3) : name;
      return;
    }
    case 'F': return Number((date_.day - 1) / 7 + 1, width);
    case 'H': return Number(second_ / 3600, width);
    case 'k': return Number(second_ / 3600 == 0 ? 24 : second_ / 3600, width);
    case 'h': return Number((second_ / 3600 + 11) % 12 + 1, width);
    case 'K': return Number(second_ / 3600 % 12, width);
    case 'm': return Number(second_ / 60 % 60, width);
    case 's': return Number(second_ % 60, width);
    case 'S': return Fraction(width);
    case 'a': out_ += second_ < 43200 ? "AM" : "PM"; return;
    case 'V': out_ += zone_.id(); return;
    default: return Offset(letter, width);
  }
}

}  // namespace

std::optional<char> UnwritableLetter(std::string_view pattern) {
  constexpr std::string_view kKnown = "GyuMLdDqQEFHkhKmsSaVXxZO";
  bool quoted = false;
  for (char c : pattern) {
    if (c == '\'') quoted = !quoted;
    if (!quoted && IsLetter(c) && kKnown.find(c) == std::string_view::npos) return c;
  }
  return std::nullopt;
}

void AppendByPattern(int64_t local, std::string_view pattern, const TimeZone& zone,
                     std::string& out) {
  Writer writer(local, zone, out);
  for (size_t i = 0; i < pattern.size();) {
    char letter = pattern[i];
    if (letter == '\'') {
      if (pattern.substr(i, 2) == "''") {
        out += letter;
        i += 2;
        continue;
      }
      for (++i; i < pattern.size(); ++i) {
        if (pattern[i] == letter) {
          if (pattern.substr(i, 2) != "''") break;
          ++i;  // two quotes are one
        }
        out += pattern[i];
      }
      ++i;
      continue;
    }
    if (!IsLetter(letter)) {
      if (letter != '[' && letter != ']') out += letter;  // what is optional is always written
      ++i;
      continue;
    }
    size_t end = i;
    while (end < pattern.size() && pattern[end] == letter) ++end;
    writer.Write(letter, end - i);
    i = end;
  }
}

}  // namespace pyrite
