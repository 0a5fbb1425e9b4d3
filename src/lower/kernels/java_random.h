// java.util.Random, number for number.
#pragma once

#include <cstdint>

namespace pyrite::lower {

class JavaRandom {
 public:
  explicit JavaRandom(int64_t seed) : seed_((static_cast<uint64_t>(seed) ^ kFactor) & kMask) {}

  int64_t NextLong() {
    auto high = static_cast<uint64_t>(Next(32)) << 32;
    return static_cast<int64_t>(
        high + static_cast<uint64_t>(static_cast<int64_t>(static_cast<int32_t>(Next(32)))));
  }
  double NextDouble() {
    uint64_t high = Next(26);
    return static_cast<double>((high << 27) + Next(27)) * 0x1.0p-53;
  }
  int32_t NextInt(int32_t bound) {
    auto bits = static_cast<int32_t>(Next(31));
    if ((bound & (bound - 1)) == 0) {
      return static_cast<int32_t>((static_cast<int64_t>(bound) * bits) >> 31);
    }
    int64_t value;
    while (static_cast<int64_t>(bits) - (value = bits % bound) + (bound - 1) > INT32_MAX) {
      bits = static_cast<int32_t>(Next(31));
    }
    return static_cast<int32_t>(value);
  }

 private:
  static constexpr uint64_t kFactor = 0x5DEECE66D;
  static constexpr uint64_t kMask = (uint64_t{1} << 48) - 1;

  uint32_t Next(int bits) {
    seed_ = (seed_ * kFactor + 0xB) & kMask;
    return static_cast<uint32_t>(seed_ >> (48 - bits));
  }

  uint64_t seed_;
};

}  // namespace pyrite::lower
