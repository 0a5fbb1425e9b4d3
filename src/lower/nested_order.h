// The order of arrays and structs: Spark's, where NULL inside of them comes first. The engine has
// it last, so it is given keys to compare instead (kernels/sort_key.cc).
#pragma once

#include "lower/ast.h"
#include "plan/expression.h"

namespace pyrite::lower {

// What orders as values of `type` do in Spark: mostly the value itself.
AstExpression OrderKey(AstExpression value, const DataType& type);

// Comparisons of arrays and structs become those of their keys.
void CompareByKeys(const std::string& operation, const plan::Expressions& arguments,
                   AstExpressions* lowered);

// min, max, min_by and max_by of arrays and structs go by their keys: the function to call instead.
std::string ExtremeByKeys(const std::string& aggregate, const plan::Expressions& arguments,
                          AstExpressions* lowered);

}  // namespace pyrite::lower
