// Higher-order functions: a lambda's parameters get their types from the other arguments.
#pragma once

#include "analyzer/analysis.h"

namespace pyrite::analyzer {

// Whether a call of that name has lambdas among its arguments.
bool IsHigherOrder(const std::string& folded_name, const spec::Expressions& arguments);
// All arguments, the lambdas as plan::Lambda.
plan::Expressions ResolveLambdaArguments(const std::string& folded_name,
                                         const spec::Expressions& arguments, Environment& names);

}  // namespace pyrite::analyzer
