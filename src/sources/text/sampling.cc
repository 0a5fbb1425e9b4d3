#include "sources/text/sampling.h"

namespace pyrite::sources {

bool IsSampled(uint64_t number, double ratio) {
  if (ratio >= 1) return true;
  uint64_t mixed = (number + 1) * 0x9e3779b97f4a7c15u;
  mixed ^= mixed >> 29;
  mixed *= 0xbf58476d1ce4e5b9u;
  return static_cast<double>(mixed >> 11) / static_cast<double>(1ull << 53) < ratio;
}

}  // namespace pyrite::sources
