// df.column of Spark Connect: a column of the relation with a given plan id.
#pragma once

#include "analyzer/analysis.h"

namespace pyrite::analyzer {

// The column, which the relation with the id has to be below to put out, and whatever stands
// between to let through. Raises CANNOT_RESOLVE_DATAFRAME_COLUMN, AMBIGUOUS_COLUMN_REFERENCE.
plan::ExpressionPtr ResolveByPlanId(const spec::UnresolvedAttribute& node, Environment& names);

// The scope of the relation with the id, when it is below `scope` (for df["*"]); null otherwise.
ScopePtr FindPlanId(const ScopePtr& scope, int64_t plan_id);

}  // namespace pyrite::analyzer
