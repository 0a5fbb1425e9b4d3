#include "base/text/utf8_repair.h"

#include <cstddef>
#include <cstdint>

namespace pyrite {
namespace {

struct Unit {
  size_t length = 1;  // bytes of a character, or of the malformed prefix
  bool valid = false;
};

uint8_t ByteAt(std::string_view bytes, size_t i) { return static_cast<uint8_t>(bytes[i]); }

// The character at the front; `bytes` is not empty.
Unit FirstUnit(std::string_view bytes) {
  const uint8_t lead = ByteAt(bytes, 0);
  if (lead < 0x80) return {1, true};
  if (lead < 0xc2 || lead > 0xf4) return {1, false};
  const size_t length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  // The second byte's range keeps out overlong forms, surrogates and what is beyond U+10FFFF.
  const uint8_t least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
  const uint8_t most = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
  for (size_t i = 1; i < length; ++i) {
    if (i >= bytes.size()) return {i, false};
    const uint8_t byte = ByteAt(bytes, i);
    if (byte < (i == 1 ? least : 0x80) || byte > (i == 1 ? most : 0xbf)) return {i, false};
  }
  return {length, true};
}

}  // namespace

bool IsUtf8(std::string_view bytes) {
  while (!bytes.empty()) {
    const Unit unit = FirstUnit(bytes);
    if (!unit.valid) return false;
    bytes.remove_prefix(unit.length);
  }
  return true;
}

std::string RepairUtf8(std::string_view bytes) {
  std::string text;
  while (!bytes.empty()) {
    const Unit unit = FirstUnit(bytes);
    text += unit.valid ? bytes.substr(0, unit.length) : "\xEF\xBF\xBD";
    bytes.remove_prefix(unit.length);
  }
  return text;
}

}  // namespace pyrite
