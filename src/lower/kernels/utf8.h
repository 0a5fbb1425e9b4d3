// Strings as sequences of code points.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

// The engine's tables of letters; its own header is not among those that it ships.
namespace duckdb {
int32_t utf8proc_tolower(int32_t point);
int32_t utf8proc_totitle(int32_t point);
int32_t utf8proc_category(int32_t point);
}  // namespace duckdb

namespace pyrite::lower {

inline uint32_t ToLower(uint32_t point) {
  return static_cast<uint32_t>(duckdb::utf8proc_tolower(static_cast<int32_t>(point)));
}
inline uint32_t ToTitle(uint32_t point) {
  return static_cast<uint32_t>(duckdb::utf8proc_totitle(static_cast<int32_t>(point)));
}

inline bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

inline int64_t CountCharacters(std::string_view text) {
  int64_t count = 0;
  for (char c : text) count += !IsContinuation(c);
  return count;
}

// The byte offset `characters` further than `offset`, at most the text's end.
inline size_t Advance(std::string_view text, size_t offset, int64_t characters) {
  for (; characters > 0 && offset < text.size(); --characters) {
    ++offset;
    while (offset < text.size() && IsContinuation(text[offset])) ++offset;
  }
  return offset;
}

// The bytes of a code point.
inline std::string Utf8Of(uint32_t point) {
  const auto tail = [&](int shift) { return static_cast<char>(0x80 | ((point >> shift) & 0x3F)); };
  if (point < 0x80) return {static_cast<char>(point)};
  if (point < 0x800) return {static_cast<char>(0xC0 | (point >> 6)), tail(0)};
  if (point < 0x10000) return {static_cast<char>(0xE0 | (point >> 12)), tail(6), tail(0)};
  return {static_cast<char>(0xF0 | (point >> 18)), tail(12), tail(6), tail(0)};
}

// The code point that starts at `at`, which moves behind it. The text is valid UTF-8.
inline uint32_t NextPoint(std::string_view text, size_t& at) {
  auto byte = [&](size_t i) {
    return static_cast<unsigned char>(i < text.size() ? text[i] : 0x80);
  };
  unsigned char lead = byte(at);
  if (lead < 0x80) return ++at, lead;
  size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  uint32_t point = lead & (0xFFu >> (length + 1));
  for (size_t i = 1; i < length; ++i) point = (point << 6) | (byte(at + i) & 0x3Fu);
  at = std::min(at + length, text.size());
  return point;
}

// Spark's substring: 1-based, 0 as 1, negative from the end; `length` may be huge.
inline std::string_view SubstringSql(std::string_view text, int64_t position, int64_t length) {
  if (length <= 0) return {};
  int64_t start = position > 0 ? position - 1 : 0;
  if (position < 0) start = CountCharacters(text) + position;
  int64_t end = start + length;
  if (end <= 0) return {};
  size_t from = Advance(text, 0, start < 0 ? 0 : start);
  size_t to = Advance(text, from, end - (start < 0 ? 0 : start));
  return text.substr(from, to - from);
}

}  // namespace pyrite::lower
