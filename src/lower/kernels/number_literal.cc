#include "lower/kernels/number_literal.h"

#include <cmath>

namespace pyrite::lower {

std::string IntegralLiteral(int64_t value, const DataType& type) {
  const std::string digits = std::to_string(value);
  switch (type.kind()) {
    case TypeKind::kByte: return digits + "Y";
    case TypeKind::kShort: return digits + "S";
    case TypeKind::kLong: return digits + "L";
    default: return digits;
  }
}

std::string DoubleLiteral(double value) {
  return DoubleToString(value) + (std::isfinite(value) ? "D" : "");
}

std::string DecimalLiteral(Int128 unscaled, int scale) {
  return DecimalToString(unscaled, scale) + "BD";
}

}  // namespace pyrite::lower
