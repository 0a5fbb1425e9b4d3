// Decimal arithmetic on 128 bits, with 256 where intermediate results need them.
#pragma once

#include <cstdint>

#include "base/value.h"

namespace pyrite::lower {

using UInt128 = unsigned __int128;

inline UInt128 Magnitude(Int128 value) {
  return value < 0 ? -static_cast<UInt128>(value) : static_cast<UInt128>(value);
}

// 10^exponent, 0 to 38.
Int128 PowerOfTen(int exponent);

inline bool FitsPrecision(Int128 value, int precision) {
  Int128 limit = PowerOfTen(precision);
  return value < limit && value > -limit;
}

// left * right / divisor rounded half up (away from zero); false when it exceeds 38 digits.
bool MultiplyDivide(Int128 left, Int128 right, Int128 divisor, Int128& result);

// value / divisor rounded half up; divisor > 0.
inline Int128 DivideHalfUp(Int128 value, Int128 divisor) {
  Int128 quotient = value / divisor, rest = value % divisor;
  if (Magnitude(rest) >= Magnitude(divisor) - Magnitude(rest)) quotient += value < 0 ? -1 : 1;
  return quotient;
}

// The value at another scale, half up; false when it exceeds 38 digits.
bool Rescale(Int128 value, int from_scale, int to_scale, Int128& result);

}  // namespace pyrite::lower
