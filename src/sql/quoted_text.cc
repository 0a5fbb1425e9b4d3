#include "sql/quoted_text.h"

#include <cstdint>

namespace pyrite::sql {
namespace {

void AppendUtf8(std::string& out, uint32_t code) {
  auto put = [&out](uint32_t byte) { out += static_cast<char>(byte); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | (code >> 6));
    put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | (code >> 12));
    put(0x80 | ((code >> 6) & 0x3F));
    put(0x80 | (code & 0x3F));
  } else {
    put(0xF0 | (code >> 18));
    put(0x80 | ((code >> 12) & 0x3F));
    put(0x80 | ((code >> 6) & 0x3F));
    put(0x80 | (code & 0x3F));
  }
}

// The number that `digits` digits of `base` at `at` make; false when they are not all there.
bool ReadDigits(std::string_view text, size_t at, size_t digits, int base, uint32_t& value) {
  if (at + digits > text.size()) return false;
  value = 0;
  for (char c : text.substr(at, digits)) {
    int digit = c >= '0' && c <= '9'   ? c - '0'
                : c >= 'a' && c <= 'f' ? c - 'a' + 10
                : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                       : 99;
    if (digit >= base) return false;
    value = value * base + digit;
  }
  return true;
}

char SimpleEscape(char c) {
  switch (c) {
    case '0': return '\0';
    case 'b': return '\b';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case 'Z': return '\x1A';
    default: return c;
  }
}

// Reads the escape at text[at] == '\\' and returns the offset behind it.
size_t Unescape(std::string_view text, size_t at, std::string& out) {
  uint32_t code = 0;
  char next = text[at + 1];
  if (next == 'u' && ReadDigits(text, at + 2, 4, 16, code)) {
    // A pair of surrogates is one character.
    uint32_t low = 0;
    if (code >= 0xD800 && code < 0xDC00 && text.substr(at + 6, 2) == "\\u" &&
        ReadDigits(text, at + 8, 4, 16, low) && low >= 0xDC00 && low < 0xE000) {
      AppendUtf8(out, 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00));
      return at + 12;
    }
    AppendUtf8(out, code);
    return at + 6;
  }
  if (next == 'U' && ReadDigits(text, at + 2, 8, 16, code) && code <= 0x10FFFF) {
    AppendUtf8(out, code);
    return at + 10;
  }
  if ((next == '0' || next == '1') && ReadDigits(text, at + 1, 3, 8, code)) {
    AppendUtf8(out, code);
    return at + 4;
  }
  if (next == '%' || next == '_') out += '\\';  // kept for LIKE
  out += SimpleEscape(next);
  return at + 2;
}

}  // namespace

std::string UnquoteName(std::string_view text) {
  char quote = text.front();
  std::string out;
  for (size_t i = 1; i + 1 < text.size(); ++i) {
    out += text[i];
    if (text[i] == quote) ++i;
  }
  return out;
}

std::string UnquoteString(std::string_view text, bool escapes) {
  if (text.front() == 'r' || text.front() == 'R')
    return std::string(text.substr(2, text.size() - 3));
  char quote = text.front();
  std::string_view body = text.substr(1, text.size() - 2);
  std::string out;
  out.reserve(body.size());
  for (size_t i = 0; i < body.size();) {
    if (escapes && body[i] == '\\' && i + 1 < body.size()) {
      i = Unescape(body, i, out);
    } else {
      out += body[i];
      i += body[i] == quote ? 2 : 1;  // a doubled quote is one
    }
  }
  return out;
}

}  // namespace pyrite::sql
