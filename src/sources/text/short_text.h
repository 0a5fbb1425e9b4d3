// Whether a short text is a plain number or date, several bytes at a time: what most fields of
// files are.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace pyrite::sources {

namespace short_text {

constexpr uint64_t kOnes = 0x0101010101010101;
constexpr uint64_t kHighs = 0x80 * kOnes;

template <typename T>
uint64_t Load(const char* from) {
  T value;
  std::memcpy(&value, from, sizeof(T));
  return value;
}

// 1 to 8 bytes, the first one lowest; '0' in those that are left over.
inline uint64_t Load8(const char* from, size_t size) {
  uint64_t bytes = 0;
  if (size == 8) return Load<uint64_t>(from);
  if (size >= 4) {
    bytes = Load<uint32_t>(from) | Load<uint32_t>(from + size - 4) << (8 * (size - 4));
  } else {
    for (size_t i = 0; i < size; ++i)
      bytes |= static_cast<uint64_t>(static_cast<unsigned char>(from[i])) << (8 * i);
  }
  return bytes | ('0' * kOnes) << (8 * size);
}

// The high bit of each byte that is not a digit.
inline uint64_t OtherThanDigits(uint64_t bytes) {
  uint64_t distance = bytes ^ ('0' * kOnes);
  return (((distance & ~kHighs) + (0x80 - 10) * kOnes) | distance) & kHighs;
}

// The high bit of each byte that is a point.
inline uint64_t Points(uint64_t bytes) {
  uint64_t distance = bytes ^ ('.' * kOnes);
  return ~(((distance & ~kHighs) + ~kHighs) | distance) & kHighs;
}

}  // namespace short_text

// One to eight digits.
inline bool IsShortInteger(std::string_view text) {
  if (text.empty() || text.size() > 8) return false;
  return short_text::OtherThanDigits(short_text::Load8(text.data(), text.size())) == 0;
}

// Digits with a point before one of them, and a sign perhaps: -12.5, of 16 characters at most.
inline bool IsShortFraction(std::string_view text) {
  using namespace short_text;
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  if (text.size() < 2 || text.size() > 16 || text.back() == '.') return false;
  size_t head = text.size() < 8 ? text.size() : 8;
  uint64_t low = Load8(text.data(), head);
  uint64_t high = text.size() > 8 ? Load8(text.data() + 8, text.size() - 8) : '0' * kOnes;
  uint64_t low_points = Points(low), high_points = Points(high);
  uint64_t points = low_points | high_points >> 1;  // side by side
  if (points == 0 || (points & (points - 1)) != 0) return false;
  return OtherThanDigits(low) == low_points && OtherThanDigits(high) == high_points;
}

// yyyy-MM-dd of most days: not the last ones of months.
inline bool IsShortDate(std::string_view text) {
  using namespace short_text;
  constexpr char kShape[] = "0000-00-00";
  // What has to be added to a byte's distance from the shape, to set its high bit when it is too
  // far.
  constexpr uint64_t kDigits = (0x80 - 10) * kOnes, kHyphens = 0x7FULL << 32 | 0x7FULL << 56;
  constexpr uint64_t kLimits = (kDigits & ~(0xFFULL << 32 | 0xFFULL << 56)) | kHyphens;
  if (text.size() != 10) return false;
  uint64_t low = Load<uint64_t>(text.data()) ^ Load<uint64_t>(kShape);
  uint64_t high = Load<uint16_t>(text.data() + 8) ^ Load<uint16_t>(kShape);
  uint64_t far_low = (((low & ~kHighs) + kLimits) | low) & kHighs;
  uint64_t far_high = (((high & ~kHighs) + kDigits) | high) & 0x8080;
  if ((far_low | far_high) != 0) return false;
  uint64_t month = (low >> 40 & 0xFF) * 10 + (low >> 48 & 0xFF);
  uint64_t day = (high & 0xFF) * 10 + (high >> 8);
  return month >= 1 && month <= 12 && day >= 1 && day <= (month == 2 ? 28 : 30);
}

}  // namespace pyrite::sources
