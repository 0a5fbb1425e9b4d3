// Date patterns that Spark refuses.
#pragma once

#include <string_view>

namespace pyrite::lower {

// Raises INVALID_DATETIME_PATTERN.* and the like.
void CheckPattern(std::string_view pattern, bool for_reading);

}  // namespace pyrite::lower
