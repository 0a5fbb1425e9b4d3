#pragma once

#include <cstdint>
#include <string_view>

namespace pyrite::exchange {

// Tells damaged bytes from whole ones; no defence against an attacker.
uint64_t Checksum(std::string_view bytes);

}  // namespace pyrite::exchange
