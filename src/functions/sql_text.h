// Resolved expressions as the SQL text that error messages quote.
#pragma once

#include <string>

#include "plan/expression.h"

namespace pyrite::functions {

std::string SqlOf(const plan::Expression& expression);
// Operators infix: "(a + 1)", "upper(x)".
std::string SqlOfCall(const std::string& name, const plan::Expressions& arguments);

}  // namespace pyrite::functions
