#include "functions/whole_bound.h"

#include <limits>

namespace pyrite::functions {

std::optional<WholeBound> FindWholeBound(std::string_view symbol, const Literal& literal) {
  bool less = symbol == "<" || symbol == "<=", greater = symbol == ">" || symbol == ">=";
  if ((!less && !greater) || !literal.type.Is(TypeKind::kDecimal) || literal.value.is_null()) {
    return std::nullopt;
  }
  Int128 unit = 1;
  for (int i = 0; i < literal.type.scale(); ++i) unit *= 10;
  Int128 whole = literal.value.as_decimal() / unit, rest = literal.value.as_decimal() % unit;
  Int128 floor = rest < 0 ? whole - 1 : whole, ceiling = rest > 0 ? whole + 1 : whole;
  constexpr Int128 kSmallest = std::numeric_limits<int64_t>::min();
  constexpr Int128 kLargest = std::numeric_limits<int64_t>::max();
  if (floor < kSmallest) return WholeBound{std::nullopt, greater};
  if (ceiling > kLargest) return WholeBound{std::nullopt, less};
  bool up = symbol == "<" || symbol == ">=";
  return WholeBound{static_cast<int64_t>(up ? ceiling : floor)};
}

std::string_view Flipped(std::string_view symbol) {
  if (symbol == "<") return ">";
  if (symbol == "<=") return ">=";
  if (symbol == ">") return "<";
  if (symbol == ">=") return "<=";
  return symbol;
}

}  // namespace pyrite::functions
