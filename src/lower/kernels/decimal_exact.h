// + - * of decimals where the result type holds every result: machine arithmetic without checks.
#pragma once

#include "duckdb/common/types/data_chunk.hpp"
#include "lower/kernels/wide_integer.h"

namespace pyrite::lower {

enum class ExactOperation : uint8_t { kAdd, kSubtract, kMultiply };

// The factors bring the inputs to a common scale; 1 for products. `fits_int64`: every result does,
// whatever the width of its type.
void RunExactDecimal(ExactOperation operation, Int128 left_factor, Int128 right_factor,
                     duckdb::DataChunk& arguments, duckdb::Vector& result, bool fits_int64 = false);

}  // namespace pyrite::lower
