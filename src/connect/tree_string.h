// df.printSchema().
#pragma once

#include <string>

#include "base/types.h"

namespace pyrite::connect {

// Down to `level` nested types; 0 for all.
std::string TreeString(const Schema& schema, int level);

}  // namespace pyrite::connect
