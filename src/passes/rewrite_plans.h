// The walk that passes share: bottom-up over all relations, plans of subqueries too.
#pragma once

#include <functional>

#include "plan/relation.h"

namespace pyrite::passes {

// `rewrite` gets each relation after its inputs were rewritten; it may return it as it is.
using RewriteRelation = std::function<plan::RelationPtr(plan::RelationPtr)>;
plan::RelationPtr RewritePlans(const plan::RelationPtr& plan, const RewriteRelation& rewrite);

// Of the plan's columns these.
plan::RelationPtr OnlyColumns(plan::RelationPtr plan, const plan::Columns& columns);
// `rows` with the columns `passing` of them and, as the last one, the value.
plan::RelationPtr WithColumn(plan::RelationPtr rows, const plan::Columns& passing, const char* name,
                             plan::ExpressionPtr value);
// `rewritten` is `relation`, which passes its one input's columns, over an input with more of them:
// the same with the columns that `relation` had.
plan::RelationPtr OverWiderInput(const plan::RelationPtr& relation,
                                 const plan::RelationPtr& rewritten);

}  // namespace pyrite::passes
