// A cell of an Arrow array as a Value.
#pragma once

#include "base/value.h"

namespace arrow {
class Array;
}

namespace pyrite {

// `array` is in the Arrow form of `type` (base/type_arrow.h), or another of the same logical type
// that the engine puts out: large strings, string views.
Value ValueFromArrow(const arrow::Array& array, int64_t row, const DataType& type);

}  // namespace pyrite
