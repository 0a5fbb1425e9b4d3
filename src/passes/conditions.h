// A condition as its parts, all of which have to hold.
#pragma once

#include <vector>

#include "plan/relation.h"

namespace pyrite::passes {

std::vector<plan::ExpressionPtr> ConditionsOf(const plan::ExpressionPtr& condition);

// A filter for each.
plan::RelationPtr Filtered(plan::RelationPtr input,
                           const std::vector<plan::ExpressionPtr>& conditions);

}  // namespace pyrite::passes
