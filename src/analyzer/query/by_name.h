// UNION BY NAME: the right side's columns in the left side's order.
#pragma once

#include "analyzer/analysis.h"

namespace pyrite::analyzer {

// With `allow_missing` both sides get NULLs for what only the other has.
void AlignByName(plan::RelationPtr& left, plan::RelationPtr& right, bool allow_missing,
                 const Analysis& analysis);

}  // namespace pyrite::analyzer
