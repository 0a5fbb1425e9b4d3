#include "base/text/text_to_number.h"

#include <charconv>
#include <cstdlib>
#include <limits>
#include <string>

namespace pyrite {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsSpaceOrControl(char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f; }

// What Java's parseDouble trims.
std::string_view TrimSpace(std::string_view text) {
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= 0x20) text.remove_prefix(1);
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= 0x20) text.remove_suffix(1);
  return text;
}

// `lower` is in lower case.
bool EqualsIgnoreCase(std::string_view text, std::string_view lower) {
  if (text.size() != lower.size()) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] + 32) : text[i];
    if (c != lower[i]) return false;
  }
  return true;
}

template <typename T>
std::optional<T> SpecialFloat(std::string_view text) {
  const bool is_signed = text.front() == '+' || text.front() == '-';
  const std::string_view name = is_signed ? text.substr(1) : text;
  if (EqualsIgnoreCase(name, "inf") || EqualsIgnoreCase(name, "infinity")) {
    const T infinity = std::numeric_limits<T>::infinity();
    return text.front() == '-' ? -infinity : infinity;
  }
  if (EqualsIgnoreCase(text, "nan") || name == "NaN") return std::numeric_limits<T>::quiet_NaN();
  return std::nullopt;
}

size_t SkipDigits(std::string_view text, size_t at) {
  while (at < text.size() && IsDigit(text[at])) ++at;
  return at;
}

// The length of the decimal literal at the start of `text` (no sign), 0 for none.
size_t DecimalLength(std::string_view text) {
  size_t end = SkipDigits(text, 0);
  size_t digits = end;
  if (end < text.size() && text[end] == '.') {
    const size_t fraction = SkipDigits(text, end + 1);
    digits += fraction - end - 1;
    end = fraction;
  }
  if (digits == 0) return 0;
  if (end < text.size() && (text[end] == 'e' || text[end] == 'E')) {
    size_t at = end + 1;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    const size_t exponent_end = SkipDigits(text, at);
    if (exponent_end == at) return 0;
    end = exponent_end;
  }
  return end;
}

bool IsHexLiteral(std::string_view text) {
  return text.size() > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X') &&
         text.find_first_of("pP") != std::string_view::npos;
}

template <typename T>
T ParseWithStrtod(std::string_view text, char** end, std::string* copy) {
  *copy = std::string(text);
  if constexpr (sizeof(T) == 4) return std::strtof(copy->c_str(), end);
  return std::strtod(copy->c_str(), end);
}

template <typename T>
std::optional<T> TextToFloating(std::string_view text) {
  text = TrimSpace(text);
  if (text.empty()) return std::nullopt;
  const bool negative = text.front() == '-';
  std::string_view body = negative || text.front() == '+' ? text.substr(1) : text;
  if (body.empty()) return std::nullopt;
  if (!IsDigit(body[0]) && body[0] != '.') return SpecialFloat<T>(text);
  if (body.back() == 'd' || body.back() == 'D' || body.back() == 'f' || body.back() == 'F') {
    body.remove_suffix(1);
  }
  T value = 0;
  std::string copy;
  char* end = nullptr;
  if (IsHexLiteral(body)) {
    value = ParseWithStrtod<T>(body, &end, &copy);
    if (end != copy.c_str() + copy.size()) return std::nullopt;
  } else {
    if (body.empty() || DecimalLength(body) != body.size()) return std::nullopt;
    const auto result = std::from_chars(body.data(), body.data() + body.size(), value);
    // from_chars does not say whether it is too large or too small.
    if (result.ec != std::errc()) value = ParseWithStrtod<T>(body, &end, &copy);
  }
  return negative ? -value : value;
}

}  // namespace

std::string_view TrimAll(std::string_view text) {
  while (!text.empty() && IsSpaceOrControl(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsSpaceOrControl(text.back())) text.remove_suffix(1);
  return text;
}

std::optional<int64_t> TextToLong(std::string_view text, bool allow_fraction) {
  text = TrimAll(text);
  if (text.empty()) return std::nullopt;
  const bool negative = text.front() == '-';
  if (negative || text.front() == '+') text.remove_prefix(1);
  if (text.empty()) return std::nullopt;
  uint64_t magnitude = 0;
  const uint64_t limit = static_cast<uint64_t>(std::numeric_limits<int64_t>::max()) + negative;
  size_t i = 0;
  for (; i < text.size() && IsDigit(text[i]); ++i) {
    const uint64_t digit = static_cast<uint64_t>(text[i] - '0');
    if (magnitude > (limit - digit) / 10) return std::nullopt;
    magnitude = magnitude * 10 + digit;
  }
  if (i < text.size()) {
    if (!allow_fraction || text[i] != '.') return std::nullopt;
    if (SkipDigits(text, i + 1) != text.size()) return std::nullopt;
  }
  return static_cast<int64_t>(negative ? 0 - magnitude : magnitude);
}

std::optional<double> TextToDouble(std::string_view text) { return TextToFloating<double>(text); }

std::optional<float> TextToFloat(std::string_view text) { return TextToFloating<float>(text); }

std::optional<bool> TextToBoolean(std::string_view text) {
  text = TrimAll(text);
  for (std::string_view name : {"t", "true", "y", "yes", "1"}) {
    if (EqualsIgnoreCase(text, name)) return true;
  }
  for (std::string_view name : {"f", "false", "n", "no", "0"}) {
    if (EqualsIgnoreCase(text, name)) return false;
  }
  return std::nullopt;
}

}  // namespace pyrite
