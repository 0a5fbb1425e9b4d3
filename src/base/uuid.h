// Identifiers of sessions, operations, responses and errors.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pyrite {

std::string NewUuid();
// "00112233-4455-6677-8899-aabbccddeeff", with any hexadecimal digits.
bool IsUuid(std::string_view text);
// 64 random bits.
uint64_t RandomBits();
// A UUID of two halves, and the halves of one.
std::string ToUuid(uint64_t high, uint64_t low);
bool FromUuid(std::string_view text, uint64_t* high, uint64_t* low);

}  // namespace pyrite
