#include "base/text/text_to_interval.h"

#include "base/text/text_to_number.h"

namespace pyrite {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
char Upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }

bool TakeIgnoringCase(std::string_view* text, std::string_view upper) {
  if (text->size() < upper.size()) return false;
  for (size_t i = 0; i < upper.size(); ++i) {
    if (Upper((*text)[i]) != upper[i]) return false;
  }
  text->remove_prefix(upper.size());
  return true;
}

bool SkipSpaces(std::string_view* text) {
  const size_t before = text->size();
  while (!text->empty() && text->front() == ' ') text->remove_prefix(1);
  return text->size() < before;
}

// -1, 1, or 0 for no sign.
int TakeSign(std::string_view* text) {
  if (text->empty() || (text->front() != '-' && text->front() != '+')) return 0;
  const int sign = text->front() == '-' ? -1 : 1;
  text->remove_prefix(1);
  return sign;
}

// "YEAR TO MONTH": what stands after INTERVAL in the type's name.
std::string_view Units(const std::string& type_sql) {
  return std::string_view(type_sql).substr(sizeof("INTERVAL ") - 1);
}

// Leaves the body between the quotes of the long form, or all of the short one.
bool Unwrap(std::string_view* text, const DataType& type, int* sign) {
  *sign = 1;
  if (!TakeIgnoringCase(text, "INTERVAL")) return true;
  if (!SkipSpaces(text)) return false;
  if (const int outer = TakeSign(text)) *sign = outer;
  const std::string name = type.ToSql();
  const size_t close = text->rfind('\'');
  if (text->empty() || text->front() != '\'' || close == 0 || close == std::string_view::npos) {
    return false;
  }
  std::string_view units = text->substr(close + 1);
  if (!SkipSpaces(&units) || !TakeIgnoringCase(&units, Units(name)) || !units.empty()) return false;
  *text = text->substr(1, close - 1);
  return true;
}

// At least one digit; all but an interval's first field have one or two.
bool TakeNumber(std::string_view* text, bool first, uint64_t* value) {
  size_t n = 0;
  *value = 0;
  while (n < text->size() && IsDigit((*text)[n])) {
    if (*value > (UINT64_MAX - 9) / 10) return false;
    *value = *value * 10 + static_cast<uint64_t>((*text)[n++] - '0');
  }
  text->remove_prefix(n);
  return n > 0 && (first || n <= 2);
}

// ".5" as microseconds; up to nine digits.
bool TakeFraction(std::string_view* text, uint64_t* micros) {
  *micros = 0;
  if (text->empty() || text->front() != '.') return true;
  text->remove_prefix(1);
  size_t n = 0;
  for (uint64_t unit = 100'000; n < text->size() && IsDigit((*text)[n]); ++n, unit /= 10) {
    *micros += static_cast<uint64_t>((*text)[n] - '0') * unit;
  }
  text->remove_prefix(n);
  return n > 0 && n <= 9;
}

char Separator(const DataType& type, int field) {
  if (type.Is(TypeKind::kYearMonthInterval)) return '-';
  return field == 1 ? ' ' : ':';
}

uint64_t FieldLimit(const DataType& type, int field) {
  if (type.Is(TypeKind::kYearMonthInterval)) return 11;
  return field == 1 ? 23 : 59;
}

}  // namespace

int64_t IntervalFieldUnit(const DataType& type, int field) {
  if (type.Is(TypeKind::kYearMonthInterval)) return field == 0 ? 12 : 1;
  constexpr int64_t kUnits[] = {86'400'000'000, 3'600'000'000, 60'000'000, 1'000'000};
  return kUnits[field];
}

IntervalOutcome TextToInterval(std::string_view text, const DataType& type, int64_t* out) {
  text = TrimAll(text);
  int sign = 1;
  if (!Unwrap(&text, type, &sign)) return IntervalOutcome::kMalformed;
  if (TakeSign(&text) < 0) sign = -sign;
  const bool has_fraction = type.Is(TypeKind::kDayTimeInterval) && type.end_field() == 3;
  bool fits = true;
  __int128 total = 0;
  for (int field = type.start_field(); field <= type.end_field(); ++field) {
    const bool first = field == type.start_field();
    if (!first) {
      if (text.empty() || text.front() != Separator(type, field))
        return IntervalOutcome::kMalformed;
      text.remove_prefix(1);
    }
    uint64_t value = 0;
    if (!TakeNumber(&text, first, &value)) return IntervalOutcome::kMalformed;
    fits = fits && (first || value <= FieldLimit(type, field));
    total += static_cast<__int128>(value) * IntervalFieldUnit(type, field);
  }
  uint64_t micros = 0;
  if (has_fraction && !TakeFraction(&text, &micros)) return IntervalOutcome::kMalformed;
  if (!text.empty()) return IntervalOutcome::kMalformed;
  total = (total + micros) * sign;
  *out = static_cast<int64_t>(total);
  if (type.Is(TypeKind::kYearMonthInterval)) fits = fits && *out == static_cast<int32_t>(*out);
  return fits && *out == total ? IntervalOutcome::kOk : IntervalOutcome::kOutOfRange;
}

std::string IntervalFormats(const DataType& type) {
  constexpr std::string_view kYearMonth[] = {"y", "m"};
  constexpr std::string_view kDayTime[] = {"d", "h", "m", "s.n"};
  std::string body = "[+|-]";
  for (int field = type.start_field(); field <= type.end_field(); ++field) {
    if (field > type.start_field()) body += Separator(type, field);
    body += type.Is(TypeKind::kYearMonthInterval) ? kYearMonth[field] : kDayTime[field];
  }
  const std::string name = type.ToSql();
  return "`" + body + "`, `INTERVAL [+|-]'" + body + "' " + std::string(Units(name)) + "`";
}

}  // namespace pyrite
