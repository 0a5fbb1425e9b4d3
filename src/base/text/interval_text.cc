#include "base/text/interval_text.h"

#include <algorithm>
#include <map>

#include "base/error.h"

namespace pyrite {
namespace {

constexpr int64_t kMicrosPerSecond = 1000000;
constexpr int64_t kMicrosPerMinute = 60 * kMicrosPerSecond;
constexpr int64_t kMicrosPerHour = 60 * kMicrosPerMinute;
constexpr int64_t kMicrosPerDay = 24 * kMicrosPerHour;

SparkError Invalid(const std::string& kind, std::string_view input,
                   std::map<std::string, std::string> more = {}) {
  more["input"] = std::string(input);
  return SparkError("INVALID_INTERVAL_FORMAT." + kind, std::move(more));
}

std::string Lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

bool IsBlank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// How far a unit counts, in one of the three counters of a calendar interval.
struct Unit {
  std::string_view name;
  enum class Counter { kMonths, kDays, kMicroseconds, kNone } counter;
  int64_t factor;
  int field;  // of INTERVAL YEAR TO MONTH or DAY TO SECOND
};
constexpr Unit kUnits[] = {
    {"year", Unit::Counter::kMonths, 12, 0},
    {"month", Unit::Counter::kMonths, 1, 1},
    {"week", Unit::Counter::kDays, 7, 0},
    {"day", Unit::Counter::kDays, 1, 0},
    {"hour", Unit::Counter::kMicroseconds, kMicrosPerHour, 1},
    {"minute", Unit::Counter::kMicroseconds, kMicrosPerMinute, 2},
    {"second", Unit::Counter::kMicroseconds, kMicrosPerSecond, 3},
    {"millisecond", Unit::Counter::kMicroseconds, 1000, 3},
    {"microsecond", Unit::Counter::kMicroseconds, 1, 3},
    {"nanosecond", Unit::Counter::kNone, 0, 3},
};

const Unit* FindUnit(std::string_view word) {
  for (const Unit& unit : kUnits) {
    if (word == unit.name) return &unit;
    if (word.size() == unit.name.size() + 1 && word.back() == 's' && word.starts_with(unit.name)) {
      return &unit;
    }
  }
  return nullptr;
}

// Reads "[interval] ([+-] digits[.digits] unit)...".
class CalendarReader {
 public:
  explicit CalendarReader(std::string_view text) : input_(text), text_(Lower(text)) {}

  CalendarInterval Read() {
    SkipBlanks();
    if (at_ == text_.size()) throw Invalid("INPUT_IS_EMPTY", input_);
    if (text_.compare(at_, 8, "interval") == 0) {
      at_ += 8;
      if (at_ < text_.size() && !IsBlank(text_[at_])) {
        throw Invalid("INVALID_PREFIX", input_, {{"prefix", Word()}});
      }
      SkipBlanks();
      if (at_ == text_.size()) throw Invalid("INPUT_IS_EMPTY", input_);
    }
    while (at_ < text_.size()) {
      ReadOne();
      SkipBlanks();
    }
    return result_;
  }

 private:
  void SkipBlanks() {
    while (at_ < text_.size() && IsBlank(text_[at_])) ++at_;
  }

  // The word around the current place, for messages.
  std::string Word() const {
    size_t start = std::min(at_, text_.size());
    while (start > 0 && !IsBlank(text_[start - 1])) --start;
    size_t stop = start;
    while (stop < text_.size() && !IsBlank(text_[stop])) ++stop;
    return text_.substr(start, stop - start);
  }

  void ReadOne() {
    bool negative = false;
    if (text_[at_] == '-' || text_[at_] == '+') {
      negative = text_[at_++] == '-';
      SkipBlanks();
    }
    if (at_ == text_.size()) throw Invalid("MISSING_NUMBER", input_, {{"word", Word()}});
    if (!IsDigit(text_[at_]) && text_[at_] != '.') {
      throw Invalid("UNRECOGNIZED_NUMBER", input_, {{"number", Word()}});
    }
    int64_t value = 0;
    for (; at_ < text_.size() && IsDigit(text_[at_]); ++at_) {
      if (__builtin_mul_overflow(value, int64_t{10}, &value) ||
          __builtin_add_overflow(value, int64_t{text_[at_] - '0'}, &value)) {
        throw Invalid("ARITHMETIC_EXCEPTION", input_);
      }
    }
    int64_t nanoseconds = 0;
    bool fraction = at_ < text_.size() && text_[at_] == '.';
    if (fraction) nanoseconds = ReadFraction();
    if (at_ < text_.size() && !IsBlank(text_[at_])) {
      throw Invalid("INVALID_VALUE", input_, {{"value", Word()}});
    }
    SkipBlanks();
    if (at_ == text_.size()) throw Invalid("MISSING_UNIT", input_, {{"word", LastWord()}});
    AddUnit(negative ? -value : value, negative ? -nanoseconds : nanoseconds, fraction);
  }

  int64_t ReadFraction() {
    int64_t nanoseconds = 0;
    int64_t scale = 100000000;
    for (++at_; at_ < text_.size() && IsDigit(text_[at_]); ++at_) {
      if (scale == 0) throw Invalid("INVALID_PRECISION", input_, {{"value", Word()}});
      nanoseconds += (text_[at_] - '0') * scale;
      scale /= 10;
    }
    return nanoseconds;
  }

  std::string LastWord() {
    size_t stop = text_.find_last_not_of(" \t\r\n");
    size_t start = text_.find_last_of(" \t\r\n", stop);
    start = start == std::string::npos ? 0 : start + 1;
    return text_.substr(start, stop + 1 - start);
  }

  void AddUnit(int64_t value, int64_t nanoseconds, bool fraction) {
    std::string word = Word();
    const Unit* unit = FindUnit(word);
    if (unit == nullptr || unit->counter == Unit::Counter::kNone) {
      throw Invalid("INVALID_UNIT", input_, {{"unit", word}});
    }
    if (fraction && unit->name != "second") {
      throw Invalid("INVALID_FRACTION", input_, {{"unit", word}});
    }
    at_ += word.size();
    int64_t amount = 0;
    bool overflow = __builtin_mul_overflow(value, unit->factor, &amount);
    if (unit->counter == Unit::Counter::kMonths) {
      overflow |= __builtin_add_overflow(result_.months, amount, &result_.months);
    } else if (unit->counter == Unit::Counter::kDays) {
      overflow |= __builtin_add_overflow(result_.days, amount, &result_.days);
    } else {
      overflow |= __builtin_add_overflow(amount, nanoseconds / 1000, &amount);
      overflow |= __builtin_add_overflow(result_.microseconds, amount, &result_.microseconds);
    }
    if (overflow) throw Invalid("ARITHMETIC_EXCEPTION", input_);
  }

  std::string_view input_;
  std::string text_;
  size_t at_ = 0;
  CalendarInterval result_;
};

int64_t Microseconds(const CalendarInterval& interval, std::string_view input) {
  int64_t micros = 0;
  if (__builtin_mul_overflow(int64_t{interval.days}, kMicrosPerDay, &micros) ||
      __builtin_add_overflow(micros, interval.microseconds, &micros)) {
    throw Invalid("ARITHMETIC_EXCEPTION", input);
  }
  return micros;
}

// The type goes from the largest unit written to the smallest.
Literal TypedByUnits(const CalendarInterval& interval, const std::vector<std::string>& units,
                     std::string_view input) {
  int first[2] = {9, 9};
  int last[2] = {-1, -1};
  for (const std::string& word : units) {
    const Unit* unit = FindUnit(word);
    if (unit == nullptr) continue;
    int family = unit->counter == Unit::Counter::kMonths ? 0 : 1;
    first[family] = std::min(first[family], unit->field);
    last[family] = std::max(last[family], unit->field);
  }
  if (last[0] >= 0 && last[1] >= 0) {
    throw SparkError("_LEGACY_ERROR_TEMP_0029", {{"literal", std::string(input)}});
  }
  if (last[0] >= 0) {
    return {DataType::YearMonthInterval(first[0], last[0]), Value(int64_t{interval.months})};
  }
  return {DataType::DayTimeInterval(first[1], last[1]), Value(Microseconds(interval, input))};
}

}  // namespace

bool IsIntervalUnit(std::string_view word) { return FindUnit(word) != nullptr; }

CalendarInterval ReadCalendarInterval(std::string_view text) { return CalendarReader(text).Read(); }

Literal ReadIntervalLiteral(std::string_view text) {
  CalendarInterval interval = ReadCalendarInterval(text);
  std::vector<std::string> units;
  std::string word;
  for (char c : Lower(text) + " ") {
    if (!IsBlank(c)) {
      word += c;
    } else {
      if (!word.empty() && IsLetter(word[0]) && word != "interval") units.push_back(word);
      word.clear();
    }
  }
  return TypedByUnits(interval, units, text);
}

Literal ReadIntervalParts(const std::vector<IntervalPart>& parts) {
  std::string text;
  std::vector<std::string> units;
  for (const IntervalPart& part : parts) {
    if (std::any_of(part.value.begin(), part.value.end(), IsLetter)) {
      throw SparkError("_LEGACY_ERROR_TEMP_0026", {{"value", part.value}});
    }
    text += " " + part.value + " " + part.unit;
    units.push_back(part.unit);
  }
  return TypedByUnits(ReadCalendarInterval(text), units, text);
}

namespace {

// Splits "[+-]a b:c:d.e" at the separators of `pattern` (as " ::."); false when it does not fit.
bool SplitFields(std::string_view text, std::string_view separators, bool fraction, bool& negative,
                 std::vector<int64_t>& fields, int64_t& nanoseconds) {
  size_t at = 0;
  negative = false;
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) negative = text[at++] == '-';
  for (size_t i = 0; i <= separators.size(); ++i) {
    size_t start = at;
    int64_t value = 0;
    for (; at < text.size() && IsDigit(text[at]); ++at) {
      if (at - start > 17) return false;
      value = value * 10 + (text[at] - '0');
    }
    if (at == start || (i > 0 && at - start > 2)) return false;
    fields.push_back(value);
    if (i == separators.size()) break;
    if (at >= text.size() || text[at++] != separators[i]) return false;
  }
  if (fraction && at < text.size() && text[at] == '.') {
    int64_t scale = 100000000;
    size_t start = ++at;
    for (; at < text.size() && IsDigit(text[at]); ++at) {
      if (scale == 0) return false;
      nanoseconds += (text[at] - '0') * scale;
      scale /= 10;
    }
    if (at == start) return false;
  }
  return at == text.size();
}

int DayTimeField(const std::string& unit) {
  if (unit == "day") return 0;
  if (unit == "hour") return 1;
  if (unit == "minute") return 2;
  return unit == "second" ? 3 : -1;
}

SparkError OutsideRange(int field, int64_t value, int64_t limit) {
  static constexpr const char* kNames[] = {"day", "hour", "minute", "second"};
  return SparkError(
      "_LEGACY_ERROR_TEMP_0063",
      {{"msg", "requirement failed: " + std::string(kNames[field]) + " " + std::to_string(value) +
                   " outside range [0, " + std::to_string(limit) + "]"}});
}

Literal YearToMonth(std::string_view value) {
  bool negative = false;
  std::vector<int64_t> fields;
  int64_t nanoseconds = 0;
  bool fits = SplitFields(value, "-", false, negative, fields, nanoseconds);
  if (!fits || fields[1] > 11 || fields[0] > 178956970) {
    throw Invalid("INTERVAL_PARSING", value, {{"interval", "year-month"}});
  }
  int64_t months = fields[0] * 12 + fields[1];
  return {DataType::YearMonthInterval(0, 1), Value(negative ? -months : months)};
}

}  // namespace

Literal ReadUnitToUnit(std::string_view value, const std::string& from, const std::string& to) {
  if (from == "year" && to == "month") return YearToMonth(value);
  int start = DayTimeField(from), end = DayTimeField(to);
  if (start < 0 || end <= start) {
    throw Invalid("UNSUPPORTED_FROM_TO_EXPRESSION", value, {{"from", from}, {"to", to}});
  }
  constexpr std::string_view kSeparators = " ::";
  bool negative = false;
  std::vector<int64_t> fields;
  int64_t nanoseconds = 0;
  bool fits = SplitFields(value, kSeparators.substr(start, end - start), end == 3, negative, fields,
                          nanoseconds);
  constexpr int64_t kFactors[] = {kMicrosPerDay, kMicrosPerHour, kMicrosPerMinute,
                                  kMicrosPerSecond};
  constexpr int64_t kLimits[] = {0, 23, 59, 59};
  int64_t total = nanoseconds / 1000;
  for (size_t i = 0; fits && i < fields.size(); ++i) {
    int64_t amount = 0;
    if (i > 0 && fields[i] > kLimits[start + i]) {
      throw OutsideRange(start + static_cast<int>(i), fields[i], kLimits[start + i]);
    }
    fits = !__builtin_mul_overflow(fields[i], kFactors[start + i], &amount) &&
           !__builtin_add_overflow(total, amount, &total);
  }
  if (!fits) throw Invalid("INTERVAL_PARSING", value, {{"interval", "day-time"}});
  return {DataType::DayTimeInterval(start, end), Value(negative ? -total : total)};
}

namespace {

std::string Two(uint64_t value) { return (value < 10 ? "0" : "") + std::to_string(value); }

// Seconds with their fraction, two digits before the point: 04.5
std::string SecondsText(uint64_t micros) {
  std::string text = Two(micros / kMicrosPerSecond);
  if (uint64_t rest = micros % kMicrosPerSecond) {
    std::string fraction = std::to_string(kMicrosPerSecond + rest).substr(1);
    fraction.erase(fraction.find_last_not_of('0') + 1);
    text += "." + fraction;
  }
  return text;
}

std::string DayTimeText(uint64_t rest, int start, int end) {
  constexpr uint64_t kFactors[] = {kMicrosPerDay, kMicrosPerHour, kMicrosPerMinute};
  std::string out;
  for (int field = start; field <= end; ++field) {
    if (field > start) out += field == 1 ? ' ' : ':';
    if (field == 3) {
      out += SecondsText(rest);
    } else {
      uint64_t value = rest / kFactors[field];
      out += field == 0 ? std::to_string(value) : Two(value);
      rest %= kFactors[field];
    }
  }
  return out;
}

}  // namespace

std::string IntervalToString(int64_t value, const DataType& type) {
  uint64_t size = value < 0 ? -static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
  int start = type.start_field(), end = type.end_field();
  std::string text = value < 0 ? "-" : "";
  if (type.Is(TypeKind::kDayTimeInterval)) {
    text += DayTimeText(size, start, end);
  } else if (start == end) {
    text += std::to_string(start == 0 ? size / 12 : size);
  } else {
    text += std::to_string(size / 12) + "-" + std::to_string(size % 12);
  }
  return "INTERVAL '" + text + "' " + type.ToSql().substr(9);
}

std::string CalendarIntervalToString(const CalendarInterval& interval) {
  std::string out;
  auto append = [&out](int64_t value, const char* unit) {
    if (value != 0) out += (out.empty() ? "" : " ") + std::to_string(value) + " " + unit;
  };
  append(interval.months / 12, "years");
  append(interval.months % 12, "months");
  append(interval.days, "days");
  append(interval.microseconds / kMicrosPerHour, "hours");
  append(interval.microseconds / kMicrosPerMinute % 60, "minutes");
  int64_t seconds = interval.microseconds % kMicrosPerMinute;
  if (seconds != 0) {
    uint64_t size = seconds < 0 ? -seconds : seconds;
    std::string text = std::to_string(size / kMicrosPerSecond);
    if (uint64_t rest = size % kMicrosPerSecond) {
      text += "." + std::to_string(kMicrosPerSecond + rest).substr(1);
      text.erase(text.find_last_not_of('0') + 1);
    }
    out += (out.empty() ? "" : " ") + std::string(seconds < 0 ? "-" : "") + text + " seconds";
  }
  return out.empty() ? "0 seconds" : out;
}

}  // namespace pyrite
