// Casts of text to numbers and booleans: the forms that Spark accepts. Surrounding white space and
// control characters do not count. Nothing here allocates or throws.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace pyrite {

// Without white space and control characters around it (Spark's trimAll).
std::string_view TrimAll(std::string_view text);

// "12", "+5"; with `allow_fraction` also "1.9", ".5" and "." (0), cut off towards zero as Spark
// does outside ANSI mode. nullopt: malformed or beyond 64 bits.
std::optional<int64_t> TextToLong(std::string_view text, bool allow_fraction);

// Java's Double.parseDouble with Spark's names: "1e3", "5d", "0x1p3", "inf", "-Infinity", "nan".
std::optional<double> TextToDouble(std::string_view text);
std::optional<float> TextToFloat(std::string_view text);

// t, true, y, yes, 1 and f, false, n, no, 0 in any case.
std::optional<bool> TextToBoolean(std::string_view text);

}  // namespace pyrite
