// Projections right above projections become one, where that repeats no work. The analyzer merges
// those that it makes itself; what is left comes from views, common tables and subqueries.
#pragma once

#include "plan/relation.h"

namespace pyrite::passes {

plan::RelationPtr CollapseProjects(plan::RelationPtr plan);

}  // namespace pyrite::passes
