// Operators that DuckDB has as nodes of their own, not as functions.
#pragma once

#include "lower/ast.h"

namespace pyrite::lower {

// The node for the registry's target `name` ("=", "and", "isnull", "in", "coalesce", "if", ...),
// nullptr when it is a plain function. Takes the arguments only when it makes a node.
AstExpression MakeOperator(const std::string& name, AstExpressions& arguments);

}  // namespace pyrite::lower
