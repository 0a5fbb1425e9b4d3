// Spark's conditions about values that do not fit while a query runs.
#pragma once

#include <string>

#include "base/error.h"

namespace pyrite {

// nullptr: there is none of that name.
const Condition* FindRuntimeCondition(const std::string& name);

}  // namespace pyrite
