// Decimal numbers as text: "12.30", "-1e-3".
#pragma once

#include <optional>
#include <string_view>

#include "base/value.h"

namespace pyrite {

struct DecimalText {
  Int128 unscaled = 0;
  int precision = 0;
  int scale = 0;
};

// As java.math.BigDecimal reads it, with the precision and scale that a literal has in Spark: 0.10
// is DECIMAL(2,2), 1e3 is DECIMAL(4,0). nullopt for malformed text and more than 38 digits.
std::optional<DecimalText> ReadDecimal(std::string_view text);
// The precision that a well-formed number needs, also beyond 38.
int DecimalDigits(std::string_view text);

}  // namespace pyrite
