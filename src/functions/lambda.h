// What functions over lambdas put expressions together with.
#pragma once

#include "functions/build.h"

namespace pyrite::functions {

// Raises UNSUPPORTED_FEATURE for an argument that is none.
const plan::Lambda& LambdaOf(const plan::ExpressionPtr& argument);
// The lambda's body over `values` in the place of its parameters.
plan::ExpressionPtr Apply(const plan::Lambda& lambda, const plan::Expressions& values);

plan::Column Parameter(const char* name, const DataType& type, bool nullable);
plan::ExpressionPtr MakeLambda(plan::Columns parameters, const plan::ExpressionPtr& body);
plan::ExpressionPtr Field(const plan::ExpressionPtr& value, int32_t ordinal);
// A struct of `type` with these fields.
plan::ExpressionPtr Pack(const DataType& type, plan::Expressions values,
                         const CallContext& context);
// `value`, but NULL when one of `arguments` is.
plan::ExpressionPtr NullWithAny(const plan::Expressions& arguments, plan::ExpressionPtr value,
                                const CallContext& context);

}  // namespace pyrite::functions
