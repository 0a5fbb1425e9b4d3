// The result types of Spark's decimal arithmetic (spark.sql.decimalOperations.allowPrecisionLoss
// true, as is its default).
#pragma once

#include "base/text/decimal_text.h"
#include "base/types.h"

namespace pyrite::functions {

// Cuts the scale, but not below 6, until the integral digits fit.
DataType AdjustedDecimal(int precision, int scale);
// Cuts precision and scale at 38.
DataType BoundedDecimal(int precision, int scale);

DataType DecimalAddType(const DataType& left, const DataType& right);  // also subtraction
DataType DecimalMultiplyType(const DataType& left, const DataType& right);
DataType DecimalDivideType(const DataType& left, const DataType& right);
DataType DecimalRemainderType(const DataType& left, const DataType& right);
// Holds all values of both.
DataType WiderDecimal(const DataType& left, const DataType& right);
// The decimal that holds all values of a numeric type.
DataType DecimalForType(const DataType& numeric);

}  // namespace pyrite::functions
