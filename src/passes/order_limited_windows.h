// LIMIT over window functions takes the rows in the order in which Spark's windows leave them: by
// partition, then in the window's order. It costs a top-N where df.show() and limit() would
// otherwise take whatever comes first.
#pragma once

#include "plan/relation.h"

namespace pyrite::passes {

plan::RelationPtr OrderLimitedWindows(plan::RelationPtr plan);

}  // namespace pyrite::passes
