// exp, log, sinh and cosh as Java's StrictMath computes them: C's own differ in the last place. The
// method is the one that Java prescribes (a rational approximation after reducing the argument).
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

namespace pyrite::lower {

inline double JavaExp(double x) {
  constexpr double kLn2High = 6.93147180369123816490e-01, kLn2Low = 1.90821492927058770002e-10;
  constexpr double kInverseLn2 = 1.44269504088896338700e+00, kLn2 = 0.69314718055994530942;
  constexpr double kP1 = 1.66666666666666019037e-01, kP2 = -2.77777777770155933842e-03,
                   kP3 = 6.61375632143793436117e-05, kP4 = -1.65339022054652515390e-06,
                   kP5 = 4.13813679705723846039e-08;
  constexpr double kTiny = 0x1p-28, kOverflow = 7.09782712893383973096e+02,
                   kUnderflow = -7.45133219101941108420e+02;
  if (!std::isfinite(x) || x > kOverflow || x < kUnderflow) return std::exp(x);
  double magnitude = std::abs(x), high = 0, low = 0;
  int power = 0;
  if (magnitude > 0.5 * kLn2) {
    int sign = x < 0 ? -1 : 1;
    power = magnitude < 1.5 * kLn2 ? sign : static_cast<int>(kInverseLn2 * x + sign * 0.5);
    high = x - power * kLn2High;
    low = power * kLn2Low;
    x = high - low;
  } else if (magnitude < kTiny) {
    return 1 + x;
  }
  double square = x * x;
  double c = x - square * (kP1 + square * (kP2 + square * (kP3 + square * (kP4 + square * kP5))));
  if (power == 0) return 1 - ((x * c) / (c - 2) - x);
  return std::ldexp(1 - ((low - (x * c) / (2 - c)) - high), power);
}

// Of a number above 0.
inline double JavaLog(double x) {
  constexpr double kLn2High = 6.93147180369123816490e-01, kLn2Low = 1.90821492927058770002e-10;
  constexpr double kL1 = 6.666666666666735130e-01, kL2 = 3.999999999940941908e-01,
                   kL3 = 2.857142874366239149e-01, kL4 = 2.222219843214978396e-01,
                   kL5 = 1.818357216161805012e-01, kL6 = 1.531383769920937332e-01,
                   kL7 = 1.479819860511658591e-01;
  constexpr int32_t kFraction = 0x000fffff, kExponent = 0x00100000, kOne = 0x3ff00000;
  if (!std::isfinite(x) || x <= 0) return std::log(x);
  int power = 0;
  if (x < 0x1p-1022) {
    power = -54;
    x *= 0x1p54;
  }
  auto bits = std::bit_cast<uint64_t>(x);
  auto high = static_cast<int32_t>(bits >> 32);
  power += (high >> 20) - 1023;
  high &= kFraction;
  int32_t halved = (high + 0x95f64) & kExponent;  // x is brought between sqrt(2)/2 and sqrt(2)
  power += halved >> 20;
  auto top = static_cast<uint64_t>(static_cast<uint32_t>(high | (halved ^ kOne)));
  double f = std::bit_cast<double>((top << 32) | (bits & 0xffffffffu)) - 1;
  double whole = power;
  if ((kFraction & (2 + high)) < 3) {  // next to 1
    double rest = f == 0 ? 0 : f * f * (0.5 - 0.33333333333333333 * f);
    return power == 0 ? f - rest : whole * kLn2High - ((rest - whole * kLn2Low) - f);
  }
  double s = f / (2 + f), z = s * s, w = z * z;
  double even = w * (kL2 + w * (kL4 + w * kL6));
  double odd = z * (kL1 + w * (kL3 + w * (kL5 + w * kL7)));
  double sum = odd + even;
  if (((high - 0x6147a) | (0x6b851 - high)) > 0) {
    double half = 0.5 * f * f;
    if (power == 0) return f - (half - s * (half + sum));
    return whole * kLn2High - ((half - (s * (half + sum) + whole * kLn2Low)) - f);
  }
  if (power == 0) return f - s * (f - sum);
  return whole * kLn2High - ((s * (f - sum) - whole * kLn2Low) - f);
}

inline double JavaCosh(double x) {
  constexpr double kHalfLn2 = 0.34657359027997264, kLogMost = 709.782712893384, kPlain = 22;
  double magnitude = std::abs(x);
  if (!std::isfinite(x) || magnitude > kLogMost) return std::cosh(x);
  if (magnitude < kHalfLn2) {
    double less = std::expm1(magnitude), power = 1 + less;
    return magnitude < 0x1p-55 ? power : 1 + (less * less) / (power + power);
  }
  double power = JavaExp(magnitude);
  return magnitude < kPlain ? 0.5 * power + 0.5 / power : 0.5 * power;
}

inline double JavaSinh(double x) {
  constexpr double kLogMost = 709.782712893384, kPlain = 22;
  double magnitude = std::abs(x), half = x < 0 ? -0.5 : 0.5;
  if (!std::isfinite(x) || magnitude > kLogMost) return std::sinh(x);
  if (magnitude < 0x1p-28) return x;
  if (magnitude >= kPlain) return half * JavaExp(magnitude);
  double less = std::expm1(magnitude);
  if (magnitude < 1) return half * (2 * less - less * less / (less + 1));
  return half * (less + less / (less + 1));
}

}  // namespace pyrite::lower
