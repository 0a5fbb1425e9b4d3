// The conditions that casts in ANSI mode end with.
#pragma once

#include <string>
#include <string_view>

#include "base/types.h"

namespace pyrite::lower {

// CAST_INVALID_INPUT of a text, or of anything else as Spark writes its value.
[[noreturn]] void ThrowInvalidText(std::string_view text, const DataType& to);
[[noreturn]] void ThrowInvalidValue(const std::string& value, const DataType& from,
                                    const DataType& to);
// CAST_OVERFLOW; `value` as a SQL literal: 300S, 1.0E10D.
[[noreturn]] void ThrowCastOverflow(const std::string& value, const DataType& from,
                                    const DataType& to);
// NUMERIC_VALUE_OUT_OF_RANGE; `value` plainly written.
[[noreturn]] void ThrowDecimalOverflow(const std::string& value, const DataType& to);
// A message of Java's without a condition of Spark's: "long overflow".
[[noreturn]] void ThrowJavaArithmetic(const std::string& message);

}  // namespace pyrite::lower
