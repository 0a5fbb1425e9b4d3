#include "base/uuid.h"

#include <random>

#include "base/text/hex.h"

namespace pyrite {
namespace {

constexpr bool IsDash(size_t at) { return at == 8 || at == 13 || at == 18 || at == 23; }

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

}  // namespace

uint64_t RandomBits() {
  thread_local std::mt19937_64 engine = [] {
    std::random_device device;
    std::seed_seq seed{device(), device(), device(), device()};
    return std::mt19937_64(seed);
  }();
  return engine();
}

std::string ToUuid(uint64_t high, uint64_t low) {
  std::string out(36, '-');
  int shift = 124;
  for (size_t at = 0; at < out.size(); ++at) {
    if (IsDash(at)) continue;
    uint64_t half = shift >= 64 ? high : low;
    out[at] = kLowerHex[half >> (shift & 63) & 15];
    shift -= 4;
  }
  return out;
}

bool FromUuid(std::string_view text, uint64_t* high, uint64_t* low) {
  if (text.size() != 36) return false;
  int digits = 0;
  for (size_t at = 0; at < text.size(); ++at) {
    if (IsDash(at)) {
      if (text[at] != '-') return false;
      continue;
    }
    int digit = HexDigit(text[at]);
    if (digit < 0) return false;
    uint64_t& half = digits++ < 16 ? *high : *low;
    half = half << 4 | static_cast<uint64_t>(digit);
  }
  return true;
}

std::string NewUuid() {
  // Version 4, variant 1, as java.util.UUID.randomUUID.
  return ToUuid((RandomBits() & ~0xF000ULL) | 0x4000ULL,
                (RandomBits() & ~(0xC0ULL << 56)) | 0x80ULL << 56);
}

bool IsUuid(std::string_view text) {
  uint64_t high = 0, low = 0;
  return FromUuid(text, &high, &low);
}

}  // namespace pyrite
