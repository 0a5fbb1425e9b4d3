// What kernels of sketches check in their arguments.
#pragma once

#include <string>
#include <string_view>

#include "lower/kernels/error.h"
#include "lower/kernels/sketch/hash_sketch.h"

namespace pyrite::lower {

inline int CheckedLgEntries(int32_t value, const std::string& function) {
  constexpr int kLeast = 4, kMost = 26;
  if (value < kLeast || value > kMost) {
    ThrowSpark("SKETCH_INVALID_LG_NOM_ENTRIES", {{"function", "`" + function + "`"},
                                                 {"min", std::to_string(kLeast)},
                                                 {"max", std::to_string(kMost)},
                                                 {"value", std::to_string(value)}});
  }
  return value;
}

inline SummaryMode CheckedMode(std::string_view name, const std::string& function) {
  std::string lower(name);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  if (auto mode = SummaryModeOf(lower)) return *mode;
  ThrowSpark("TUPLE_INVALID_SKETCH_MODE", {{"function", "`" + function + "`"},
                                           {"mode", std::string(name)},
                                           {"validModes", "sum, min, max, alwaysone"}});
}

// The intersection of no sketches would be everything.
[[noreturn]] inline void ThrowNothingToIntersect() {
  ThrowJava("org.apache.datasketches.common.SketchesStateException",
            "There is no sketch to intersect.");
}

template <class S>
HashSketch<S> CheckedSketch(std::string_view bytes, const std::string& function) {
  if (auto sketch = HashSketch<S>::Read(bytes)) return *std::move(sketch);
  constexpr bool kIsTheta = std::is_same_v<S, NoSummary>;
  ThrowSpark(kIsTheta ? "THETA_INVALID_INPUT_SKETCH_BUFFER" : "TUPLE_INVALID_INPUT_SKETCH_BUFFER",
             {{"function", "`" + function + "`"}});
}

}  // namespace pyrite::lower
