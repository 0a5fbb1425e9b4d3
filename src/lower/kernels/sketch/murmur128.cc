#include "lower/kernels/sketch/murmur128.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace pyrite::lower {
namespace {

constexpr uint64_t kFirst = 0x87c37b91114253d5, kSecond = 0x4cf5ad432745937f;

uint64_t MixFirst(uint64_t key) { return std::rotl(key * kFirst, 31) * kSecond; }
uint64_t MixSecond(uint64_t key) { return std::rotl(key * kSecond, 33) * kFirst; }

uint64_t Finish(uint64_t hash) {
  hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
  hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53;
  return hash ^ (hash >> 33);
}

uint64_t Load(const char* bytes, size_t count) {
  uint64_t value = 0;
  std::memcpy(&value, bytes, count);
  return value;
}

}  // namespace

std::pair<uint64_t, uint64_t> Murmur128(std::string_view bytes, uint64_t seed) {
  constexpr size_t kBlock = 16, kHalf = 8;
  uint64_t low = seed, high = seed;
  const char* at = bytes.data();
  size_t rest = bytes.size();
  for (; rest >= kBlock; at += kBlock, rest -= kBlock) {
    low ^= MixFirst(Load(at, kHalf));
    low = (std::rotl(low, 27) + high) * 5 + 0x52dce729;
    high ^= MixSecond(Load(at + kHalf, kHalf));
    high = (std::rotl(high, 31) + low) * 5 + 0x38495ab5;
  }
  if (rest > kHalf) high ^= MixSecond(Load(at + kHalf, rest - kHalf));
  if (rest > 0) low ^= MixFirst(Load(at, std::min(rest, kHalf)));
  low ^= bytes.size();
  high ^= bytes.size();
  low += high;
  high += low;
  low = Finish(low);
  high = Finish(high);
  low += high;
  return {low, high + low};
}

}  // namespace pyrite::lower
