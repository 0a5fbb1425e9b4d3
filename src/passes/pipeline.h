// The passes between analysis and lowering, in their order.
#pragma once

#include "plan/relation.h"

namespace pyrite::passes {

// Runs every pass. Unchanged parts keep their pointers.
plan::RelationPtr RunAll(plan::RelationPtr plan);

}  // namespace pyrite::passes
