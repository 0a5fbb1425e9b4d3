// A projection over a projection as a single one.
#pragma once

#include "plan/relation.h"

namespace pyrite::plan {

// Chains of withColumn("a", col("a") + 1) would grow one expression as deep as the chain is long:
// past this many nodes the projections stay apart.
inline constexpr size_t kMaxMergedSize = 160;

// The number of nodes, not counting subqueries' plans.
size_t SizeOf(const Expression& expression);
// Whether a second computation of an expression of that size would give the same value at a small
// cost.
bool MayRepeat(const Expression& expression, size_t size);

// Projects `input` to `expressions`. When the input is a Project itself and its expressions may
// move up (nothing costly or nondeterministic is computed twice, nothing grows without bound), the
// result stands over that Project's own input; otherwise it is MakeProject's.
RelationPtr MakeMergedProject(RelationPtr input, NamedExpressions expressions);

}  // namespace pyrite::plan
