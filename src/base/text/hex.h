// Bytes in hexadecimal digits.
#pragma once

#include <string>
#include <string_view>

namespace pyrite {

inline constexpr char kUpperHex[] = "0123456789ABCDEF";
inline constexpr char kLowerHex[] = "0123456789abcdef";

inline void AppendHex(unsigned char byte, std::string& out, const char* digits = kUpperHex) {
  out += digits[byte >> 4];
  out += digits[byte & 15];
}

// "[68 69]", as Spark shows bytes.
inline void AppendShownBytes(std::string_view bytes, std::string& out) {
  out += '[';
  for (size_t i = 0; i < bytes.size(); ++i) {
    if (i > 0) out += ' ';
    AppendHex(static_cast<unsigned char>(bytes[i]), out);
  }
  out += ']';
}

}  // namespace pyrite
