// Expressions whose value is known before any row is.
#pragma once

#include "analyzer/analysis.h"

namespace pyrite::analyzer {

// The same value in every row of every run.
bool IsFoldable(const plan::Expression& expression);

// The value of one that is foldable; it may be computed by the engine.
Value ValueOf(const plan::ExpressionPtr& expression, const Analysis& analysis);

}  // namespace pyrite::analyzer
