// Spark's conditions about streams.
#pragma once

#include <string>

#include "base/error.h"

namespace pyrite {

// nullptr: there is none of that name.
const Condition* FindStreamCondition(const std::string& name);

}  // namespace pyrite
