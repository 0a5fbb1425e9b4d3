// Takes the window calls out of a projection's expressions into plan::Window nodes below it.
#pragma once

#include "plan/relation.h"

namespace pyrite::analyzer {

// The input with a Window node for each partition and order; `items` are rewritten to refer to it.
plan::RelationPtr ExtractWindows(plan::RelationPtr input, plan::NamedExpressions& items);

}  // namespace pyrite::analyzer
