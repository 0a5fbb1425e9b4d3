// Functions whose meaning is a Spark SQL text over others.
#pragma once

#include "functions/registry.h"

namespace pyrite::functions {

// The resolved `sql` with the identifiers _1, _2, ... standing for the arguments. Parsed once.
plan::ExpressionPtr ExpandBody(const char* sql, const plan::Expressions& arguments,
                               const CallContext& context);

}  // namespace pyrite::functions
