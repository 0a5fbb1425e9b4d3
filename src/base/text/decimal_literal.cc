#include "base/text/decimal_literal.h"

#include <algorithm>
#include <charconv>
#include <string>

namespace pyrite {
namespace {

struct Digits {
  bool negative = false;
  std::string digits;  // without leading zeros
  int64_t scale = 0;
};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

std::optional<Digits> Split(std::string_view text) {
  Digits out;
  size_t at = 0;
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) out.negative = text[at++] == '-';
  bool dot = false, any = false;
  for (; at < text.size(); ++at) {
    if (IsDigit(text[at])) {
      any = true;
      if (!(out.digits.empty() && text[at] == '0')) out.digits += text[at];
      out.scale += dot;
    } else if (text[at] == '.' && !dot) {
      dot = true;
    } else {
      break;
    }
  }
  if (!any) return std::nullopt;
  if (at == text.size()) return out;
  if (text[at] != 'e' && text[at] != 'E') return std::nullopt;
  ++at;
  if (at < text.size() && text[at] == '+') ++at;
  int32_t exponent = 0;
  auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), exponent);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  out.scale -= exponent;
  return out;
}

// Whole numbers have no negative scale: 1e3 becomes 1000.
bool Normalize(Digits& number) {
  if (number.scale >= 0) return true;
  if (!number.digits.empty()) {
    if (-number.scale > 100) return false;
    number.digits.append(static_cast<size_t>(-number.scale), '0');
  }
  number.scale = 0;
  return true;
}

int PrecisionOf(const Digits& number) {
  int64_t digits = std::max<int64_t>(static_cast<int64_t>(number.digits.size()), 1);
  return static_cast<int>(std::max(digits, number.scale));
}

}  // namespace

std::optional<DecimalText> ReadDecimal(std::string_view text) {
  std::optional<Digits> number = Split(text);
  if (!number || !Normalize(*number) || PrecisionOf(*number) > 38) return std::nullopt;
  DecimalText out;
  for (char c : number->digits) out.unscaled = out.unscaled * 10 + (c - '0');
  if (number->negative) out.unscaled = -out.unscaled;
  out.scale = static_cast<int>(number->scale);
  out.precision = PrecisionOf(*number);
  return out;
}

int DecimalDigits(std::string_view text) {
  std::optional<Digits> number = Split(text);
  if (!number) return 0;
  if (number->scale < 0) {
    return static_cast<int>(static_cast<int64_t>(number->digits.size()) - number->scale);
  }
  return PrecisionOf(*number);
}

}  // namespace pyrite
