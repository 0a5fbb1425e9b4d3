// Numbers as Java's own parsers read them: stricter than casts, which trim and know more names.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace pyrite::sources {

std::optional<int64_t> JavaLong(std::string_view text);   // "12", "+5", "-7"
std::optional<double> JavaDouble(std::string_view text);  // " 1e3 ", "1d", "NaN", "-Infinity"
std::optional<float> JavaFloat(std::string_view text);
std::optional<bool> JavaBoolean(std::string_view text);  // true and false in any case

// What java.math.BigDecimal makes of the text; nullopt: no number.
struct BigDecimalShape {
  int64_t precision = 1;
  int64_t scale = 0;
};
std::optional<BigDecimalShape> JavaBigDecimal(std::string_view text);

}  // namespace pyrite::sources
