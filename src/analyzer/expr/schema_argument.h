// from_json(text, schema_of_json('...')): the schema has to be known when the call is resolved.
#pragma once

#include "plan/expression.h"

namespace pyrite::analyzer {

// A call of schema_of_json or schema_of_csv over a constant as the constant that it gives; any
// other expression as it is.
plan::ExpressionPtr FoldSchema(const plan::ExpressionPtr& argument);

}  // namespace pyrite::analyzer
