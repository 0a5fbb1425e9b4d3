// Decimal arithmetic on 128 bits, with 256 where intermediate results need them.
#pragma once

#include <cstdint>

#include "base/text/decimal_text.h"
#include "base/value.h"

namespace pyrite::lower {

using UInt128 = unsigned __int128;

inline UInt128 Magnitude(Int128 value) {
  return value < 0 ? -static_cast<UInt128>(value) : static_cast<UInt128>(value);
}

// left * right / divisor rounded half up (away from zero); false when it exceeds 38 digits.
bool MultiplyDivide(Int128 left, Int128 right, Int128 divisor, Int128& result);

// The value at another scale, half up; false when it exceeds 38 digits.
bool Rescale(Int128 value, int from_scale, int to_scale, Int128& result);

}  // namespace pyrite::lower
