#include "lower/kernels/wide_integer.h"

namespace pyrite::lower {
namespace {

struct UInt256 {
  UInt128 high;
  UInt128 low;
};

UInt256 Multiply(UInt128 left, UInt128 right) {
  uint64_t a1 = static_cast<uint64_t>(left >> 64), a0 = static_cast<uint64_t>(left);
  uint64_t b1 = static_cast<uint64_t>(right >> 64), b0 = static_cast<uint64_t>(right);
  UInt128 low = static_cast<UInt128>(a0) * b0;
  UInt128 middle = static_cast<UInt128>(a1) * b0 + static_cast<uint64_t>(low >> 64);
  UInt128 carry = static_cast<UInt128>(a0) * b1 + static_cast<uint64_t>(middle);
  UInt128 high = static_cast<UInt128>(a1) * b1 + (middle >> 64) + (carry >> 64);
  return {high, (carry << 64) | static_cast<uint64_t>(low)};
}

// Long division bit by bit: only for values beyond 128 bits, which are rare.
bool Divide(UInt256 value, UInt128 divisor, UInt128& quotient, UInt128& rest) {
  if (value.high >= divisor) return false;
  rest = value.high;
  quotient = 0;
  for (int bit = 127; bit >= 0; --bit) {
    bool carry = (rest >> 127) != 0;
    rest = (rest << 1) | ((value.low >> bit) & 1);
    quotient <<= 1;
    if (carry || rest >= divisor) {
      rest -= divisor;
      quotient |= 1;
    }
  }
  return true;
}

}  // namespace

bool MultiplyDivide(Int128 left, Int128 right, Int128 divisor, Int128& result) {
  Int128 product;
  bool negative = ((left < 0) != (right < 0)) != (divisor < 0);
  if (!__builtin_mul_overflow(left, right, &product) && divisor != -1) {
    UInt128 value = Magnitude(product), by = Magnitude(divisor);
    UInt128 quotient = value / by, rest = value % by;
    if (rest >= by - rest) ++quotient;
    if (quotient >= static_cast<UInt128>(PowerOfTen(kMaxDecimalPrecision))) return false;
    result = negative ? -static_cast<Int128>(quotient) : static_cast<Int128>(quotient);
    return true;
  }
  UInt128 quotient, rest, by = Magnitude(divisor);
  if (!Divide(Multiply(Magnitude(left), Magnitude(right)), by, quotient, rest)) return false;
  if (rest >= by - rest) ++quotient;
  if (quotient >= static_cast<UInt128>(PowerOfTen(kMaxDecimalPrecision))) return false;
  result = negative ? -static_cast<Int128>(quotient) : static_cast<Int128>(quotient);
  return true;
}

bool Rescale(Int128 value, int from_scale, int to_scale, Int128& result) {
  if (to_scale >= from_scale) {
    return !__builtin_mul_overflow(value, PowerOfTen(to_scale - from_scale), &result) &&
           FitsPrecision(result, kMaxDecimalPrecision);
  }
  result = DivideHalfUp(value, PowerOfTen(from_scale - to_scale));
  return true;
}

}  // namespace pyrite::lower
