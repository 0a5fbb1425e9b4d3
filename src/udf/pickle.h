// Constants as Python's pickle, in the form that PySpark keeps values of their types in: dates are
// days, timestamps microseconds, structs tuples.
#pragma once

#include <string>

#include "base/types.h"
#include "base/value.h"

namespace pyrite::udf {

std::string Pickle(const Value& value, const DataType& type);

}  // namespace pyrite::udf
