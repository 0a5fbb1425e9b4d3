// Decimals out of text and floating point numbers, and from one precision to another: HALF_UP.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/value.h"

namespace pyrite {

enum class DecimalOutcome : uint8_t {
  kOk,
  kMalformed,    // not a number; NaN and infinity
  kOutOfRange,   // does not fit the precision
  kUnsupported,  // more digits before the point than any decimal has
};

constexpr int kMaxDecimalPrecision = 38;

namespace internal {
constexpr std::array<Int128, kMaxDecimalPrecision + 1> MakePowersOfTen() {
  std::array<Int128, kMaxDecimalPrecision + 1> powers{};
  powers[0] = 1;
  for (int i = 1; i <= kMaxDecimalPrecision; ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}
inline constexpr auto kPowersOfTen = MakePowersOfTen();
}  // namespace internal

// 10^exponent, 0 <= exponent <= 38.
inline Int128 PowerOfTen(int exponent) { return internal::kPowersOfTen[exponent]; }

// Whether an unscaled value has at most `precision` digits.
inline bool FitsPrecision(Int128 value, int precision) {
  const Int128 limit = PowerOfTen(precision);
  return value < limit && value > -limit;
}

// The unscaled value of the number in `text`, as a decimal(precision, scale).
DecimalOutcome TextToDecimal(std::string_view text, int precision, int scale, Int128* out);
// From the shortest decimal form of the number, as Spark does.
DecimalOutcome DoubleToDecimal(double value, int precision, int scale, Int128* out);

// An unscaled value divided by a power of ten, HALF_UP. `Wide` holds both.
template <typename Wide>
Wide DivideHalfUp(Wide value, Wide divisor) {
  const Wide rest = value % divisor;
  value /= divisor;
  if (rest > 0 && rest >= divisor - rest) ++value;
  if (rest < 0 && -rest >= divisor + rest) --value;
  return value;
}

// False: does not fit.
bool RescaleDecimal(Int128 value, int from_scale, int precision, int scale, Int128* out);

// As java.math.BigDecimal.toString: with an exponent where the number is small, "1.2E-7".
std::string DecimalToJavaString(Int128 unscaled, int scale);

// The number in well-formed text or in a double written out without an exponent, for messages:
// "1000" for "1e3".
std::string PlainNumberText(std::string_view text);
std::string PlainNumberText(double value);

}  // namespace pyrite
