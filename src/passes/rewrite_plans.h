// The walk that passes share: bottom-up over all relations, plans of subqueries too.
#pragma once

#include <functional>

#include "plan/relation.h"

namespace pyrite::passes {

// `rewrite` gets each relation after its inputs were rewritten; it may return it as it is.
using RewriteRelation = std::function<plan::RelationPtr(plan::RelationPtr)>;
plan::RelationPtr RewritePlans(const plan::RelationPtr& plan, const RewriteRelation& rewrite);

}  // namespace pyrite::passes
