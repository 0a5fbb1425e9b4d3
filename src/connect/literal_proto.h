// Values of a result as the protocol's literals.
#pragma once

#include <cstdint>

#include "base/types.h"
#include "connect/proto.h"

namespace arrow {
class Array;
}

namespace pyrite::connect {

// Element `row` of the array, which holds values of the type in Spark's Arrow form.
void ToProto(const arrow::Array& array, int64_t row, const DataType& type,
             proto::Expression::Literal* message);

}  // namespace pyrite::connect
