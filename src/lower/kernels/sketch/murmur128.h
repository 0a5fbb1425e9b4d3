// MurmurHash3 of 128 bits (x64), the hash of Apache DataSketches.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>

namespace pyrite::lower {

inline constexpr uint64_t kSketchSeed = 9001;

// The low and the high half.
std::pair<uint64_t, uint64_t> Murmur128(std::string_view bytes, uint64_t seed);

}  // namespace pyrite::lower
