// Operators that DuckDB has as nodes of their own, not as functions.
#pragma once

#include "lower/ast.h"

namespace pyrite::lower {

// The node for the registry's target `name` ("=", "and", "isnull", "in", "coalesce", "if", ...),
// nullptr when it is a plain function. Takes the arguments only when it makes a node.
AstExpression MakeOperator(const std::string& name, AstExpressions& arguments);

// Whether the engine's binder may make NULL of it, which has no type then: so it does of a call
// with a NULL among its arguments.
bool MayBindToNull(const plan::Expression& e);

}  // namespace pyrite::lower
