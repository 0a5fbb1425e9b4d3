#include "connect/crc32.h"

#include <array>

namespace pyrite::connect {
namespace {

using Tables = std::array<std::array<uint32_t, 256>, 8>;

// Table i: the checksum of a byte that i zero bytes follow.
constexpr Tables MakeTables() {
  Tables tables{};
  for (uint32_t byte = 0; byte < 256; ++byte) {
    uint32_t value = byte;
    for (int bit = 0; bit < 8; ++bit) value = value >> 1 ^ (value & 1 ? 0xEDB88320u : 0);
    tables[0][byte] = value;
  }
  for (size_t i = 1; i < tables.size(); ++i) {
    for (uint32_t byte = 0; byte < 256; ++byte) {
      uint32_t before = tables[i - 1][byte];
      tables[i][byte] = before >> 8 ^ tables[0][before & 0xFF];
    }
  }
  return tables;
}

constexpr Tables kTables = MakeTables();

}  // namespace

uint32_t Crc32(std::string_view bytes) {
  uint32_t value = 0xFFFFFFFFu;
  size_t at = 0;
  auto byte = [&](size_t i) {
    return static_cast<uint32_t>(static_cast<unsigned char>(bytes[at + i]));
  };
  for (; at + 8 <= bytes.size(); at += 8) {
    uint32_t low = value ^ (byte(0) | byte(1) << 8 | byte(2) << 16 | byte(3) << 24);
    value = kTables[7][low & 0xFF] ^ kTables[6][low >> 8 & 0xFF] ^ kTables[5][low >> 16 & 0xFF] ^
            kTables[4][low >> 24] ^ kTables[3][byte(4)] ^ kTables[2][byte(5)] ^
            kTables[1][byte(6)] ^ kTables[0][byte(7)];
  }
  for (; at < bytes.size(); ++at) value = value >> 8 ^ kTables[0][(value ^ byte(0)) & 0xFF];
  return ~value;
}

}  // namespace pyrite::connect
