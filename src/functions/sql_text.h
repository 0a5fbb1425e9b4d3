// Resolved expressions as the SQL text that error messages quote.
#pragma once

#include <string>

#include "base/error.h"
#include "plan/expression.h"

namespace pyrite::functions {

std::string SqlOf(const plan::Expression& expression);
// Operators infix: "(a + 1)", "upper(x)".
std::string SqlOfCall(const std::string& name, const plan::Expressions& arguments);
// DATATYPE_MISMATCH.NON_FOLDABLE_INPUT: the argument at `place` must be a constant of the type.
SparkError NotConstant(const char* function, const char* parameter, const DataType& type,
                       const plan::Expressions& arguments, size_t place);
// NON_FOLDABLE_ARGUMENT, which functions that Spark's parser and builders make say instead.
SparkError NotFoldable(const char* function, const char* parameter, const DataType& type);

}  // namespace pyrite::functions
