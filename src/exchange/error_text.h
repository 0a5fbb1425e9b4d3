// SparkErrors as bytes, so that one that a peer raises is the same error here.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

namespace pyrite::exchange {

std::string ErrorBytes(const SparkError& error);
SparkError ErrorFromBytes(std::string_view bytes);

}  // namespace pyrite::exchange
