#include "base/text/decimal_text.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/text/text_to_number.h"

namespace pyrite {
namespace {

// A number as written: the digits of `whole` and `fraction` in a row, times 10^exponent.
struct Digits {
  std::string_view whole;
  std::string_view fraction;
  int64_t exponent = 0;  // of the last digit
  bool negative = false;

  int64_t size() const { return static_cast<int64_t>(whole.size() + fraction.size()); }
  char at(int64_t i) const {
    const auto n = static_cast<int64_t>(whole.size());
    return i < n ? whole[i] : fraction[i - n];
  }
};

std::string_view TakeDigits(std::string_view* text) {
  size_t n = 0;
  while (n < text->size() && (*text)[n] >= '0' && (*text)[n] <= '9') ++n;
  const std::string_view taken = text->substr(0, n);
  text->remove_prefix(n);
  return taken;
}

void StripLeadingZeros(std::string_view* text) {
  while (!text->empty() && text->front() == '0') text->remove_prefix(1);
}

bool ParseExponent(std::string_view text, int64_t* exponent) {
  if (text.empty()) return true;
  if (text[0] != 'e' && text[0] != 'E') return false;
  text.remove_prefix(1);
  if (!text.empty() && text[0] == '+') {
    text.remove_prefix(1);
    if (!text.empty() && text[0] == '-') return false;
  }
  int32_t value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ec != std::errc() || result.ptr != text.data() + text.size()) return false;
  *exponent = value;
  return true;
}

bool ParseDigits(std::string_view text, Digits* out) {
  text = TrimAll(text);
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
    out->negative = text[0] == '-';
    text.remove_prefix(1);
  }
  out->whole = TakeDigits(&text);
  if (!text.empty() && text[0] == '.') {
    text.remove_prefix(1);
    out->fraction = TakeDigits(&text);
  }
  if (out->size() == 0 || !ParseExponent(text, &out->exponent)) return false;
  out->exponent -= static_cast<int64_t>(out->fraction.size());
  StripLeadingZeros(&out->whole);
  if (out->whole.empty()) StripLeadingZeros(&out->fraction);
  return true;
}

DecimalOutcome RoundDigits(const Digits& digits, int precision, int scale, Int128* out) {
  const int64_t size = digits.size();
  // A zero has one digit too: "0e50" is as far out of range as "1e50".
  if (std::max<int64_t>(size, 1) + digits.exponent > kMaxDecimalPrecision) {
    return DecimalOutcome::kUnsupported;
  }
  *out = 0;
  if (size == 0) return DecimalOutcome::kOk;
  const int64_t shift = digits.exponent + scale;
  const int64_t kept = std::min(size, size + shift);
  if (kept < 0) return DecimalOutcome::kOk;
  if (kept + std::max<int64_t>(shift, 0) > kMaxDecimalPrecision) return DecimalOutcome::kOutOfRange;
  Int128 value = 0;
  for (int64_t i = 0; i < kept; ++i) value = value * 10 + (digits.at(i) - '0');
  if (shift > 0) value *= PowerOfTen(static_cast<int>(shift));
  if (kept < size && digits.at(kept) >= '5') ++value;
  if (value >= PowerOfTen(precision)) return DecimalOutcome::kOutOfRange;
  *out = digits.negative ? -value : value;
  return DecimalOutcome::kOk;
}

std::string Plain(const Digits& digits) {
  std::string text = std::string(digits.whole) + std::string(digits.fraction);
  if (text.empty()) text = "0";
  if (digits.exponent >= 0) {
    if (text != "0") text.append(static_cast<size_t>(digits.exponent), '0');
  } else {
    const auto scale = static_cast<size_t>(-digits.exponent);
    if (text.size() <= scale) text.insert(0, scale + 1 - text.size(), '0');
    text.insert(text.size() - scale, ".");
  }
  return digits.negative ? "-" + text : text;
}

struct DoubleText {
  char buffer[32];
  std::string_view text;

  explicit DoubleText(double value) {
    const auto result =
        std::to_chars(buffer, buffer + sizeof(buffer), value, std::chars_format::scientific);
    text = {buffer, static_cast<size_t>(result.ptr - buffer)};
  }
};

}  // namespace

DecimalOutcome TextToDecimal(std::string_view text, int precision, int scale, Int128* out) {
  Digits digits;
  if (!ParseDigits(text, &digits)) return DecimalOutcome::kMalformed;
  return RoundDigits(digits, precision, scale, out);
}

DecimalOutcome DoubleToDecimal(double value, int precision, int scale, Int128* out) {
  if (!std::isfinite(value)) return DecimalOutcome::kMalformed;
  const DoubleText shortest(value);
  const DecimalOutcome outcome = TextToDecimal(shortest.text, precision, scale, out);
  return outcome == DecimalOutcome::kUnsupported ? DecimalOutcome::kOutOfRange : outcome;
}

bool RescaleDecimal(Int128 value, int from_scale, int precision, int scale, Int128* out) {
  if (scale < from_scale) {
    *out = DivideHalfUp(value, PowerOfTen(from_scale - scale));
    return FitsPrecision(*out, precision);
  }
  const Int128 factor = PowerOfTen(scale - from_scale);
  const Int128 limit = PowerOfTen(kMaxDecimalPrecision) / factor;
  if (value > limit || value < -limit) return false;
  *out = value * factor;
  return FitsPrecision(*out, precision);
}

std::string PlainNumberText(std::string_view text) {
  Digits digits;
  return ParseDigits(text, &digits) ? Plain(digits) : std::string(text);
}

std::string PlainNumberText(double value) { return PlainNumberText(DoubleText(value).text); }

std::string DecimalToJavaString(Int128 unscaled, int scale) {
  constexpr int kLeastPlain = -6;
  if (-scale >= kLeastPlain) return DecimalToString(unscaled, scale);
  const std::string digits = Int128ToString(unscaled < 0 ? -unscaled : unscaled);
  const int exponent = static_cast<int>(digits.size()) - 1 - scale;
  if (exponent >= kLeastPlain) return DecimalToString(unscaled, scale);
  std::string out = unscaled < 0 ? "-" : "";
  out += digits[0];
  if (digits.size() > 1) out += "." + digits.substr(1);
  return out + "E" + std::to_string(exponent);
}

}  // namespace pyrite
