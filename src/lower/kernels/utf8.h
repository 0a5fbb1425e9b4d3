// Strings as sequences of code points.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pyrite::lower {

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
