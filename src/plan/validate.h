// Checks that a plan is well formed: run after analysis and after each pass in debug builds, and by
// the plan tests.
#pragma once

#include "plan/relation.h"

namespace pyrite::plan {

// Raises INTERNAL_ERROR naming `stage` when a reference has no column below it (or in an enclosing
// query), or its type differs from the column's.
void Validate(const Relation& relation, const char* stage);

}  // namespace pyrite::plan
