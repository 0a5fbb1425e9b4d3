// Numbers as SQL literals in error messages: 300S, 5L, 1.0E10D, 1.5BD.
#pragma once

#include <string>
#include <type_traits>

#include "base/types.h"
#include "base/value.h"

namespace pyrite::lower {

std::string IntegralLiteral(int64_t value, const DataType& type);
std::string DoubleLiteral(double value);
std::string DecimalLiteral(Int128 unscaled, int scale);

template <typename T>
std::string NumberLiteral(T value, const DataType& type) {
  if constexpr (std::is_same_v<T, float>)
    return FloatToString(value);
  else if constexpr (std::is_same_v<T, double>)
    return DoubleLiteral(value);
  else
    return IntegralLiteral(value, type);
}

}  // namespace pyrite::lower
