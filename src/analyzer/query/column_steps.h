// withColumns, withColumnsRenamed and drop. Programs call them in loops, thousands deep: a run of
// such steps becomes one projection, and each step costs what it changes.
#pragma once

#include <span>

#include "analyzer/analysis.h"

namespace pyrite::analyzer {

bool IsColumnStep(const spec::Relation& relation);

// Resolves the steps at the front of `steps` up to the first that is none of these, which stands
// at the front then.
Resolved ResolveColumnSteps(Resolved input, std::span<const spec::Relation* const>& steps,
                            Analysis& analysis);

}  // namespace pyrite::analyzer
