// A projection over a projection as a single one.
#pragma once

#include "plan/relation.h"

namespace pyrite::plan {

// Projects `input` to `expressions`. When the input is a Project itself and its expressions may
// move up (nothing costly or nondeterministic is computed twice, nothing grows without bound), the
// result stands over that Project's own input; otherwise it is MakeProject's.
RelationPtr MakeMergedProject(RelationPtr input, NamedExpressions expressions);

}  // namespace pyrite::plan
