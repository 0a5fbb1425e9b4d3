// Bytes as UTF-8 text.
#pragma once

#include <string>
#include <string_view>

namespace pyrite {

bool IsUtf8(std::string_view bytes);

// Malformed parts become U+FFFD, one for each longest prefix of a character, as Java decodes.
std::string RepairUtf8(std::string_view bytes);

}  // namespace pyrite
