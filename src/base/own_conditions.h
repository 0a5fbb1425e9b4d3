// Conditions of Pyrite's own, for what Spark does not know: their names end in PYRITE.
#pragma once

#include <string>

#include "base/error.h"

namespace pyrite {

// nullptr: there is none of that name.
const Condition* FindOwnCondition(const std::string& name);

}  // namespace pyrite
