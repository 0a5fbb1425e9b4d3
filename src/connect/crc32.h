// The checksum of uploads: CRC-32 as in zip and java.util.zip.CRC32.
#pragma once

#include <cstdint>
#include <string_view>

namespace pyrite::connect {

uint32_t Crc32(std::string_view bytes);

}  // namespace pyrite::connect
