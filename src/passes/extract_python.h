// Takes calls of Python functions out of expressions:
// - they become columns of an EvalPython below, which runs all that are of one kind at once;
// - calls inside of calls come first;
// - the conditions of a Filter that call none are asked before.
#pragma once

#include "plan/relation.h"

namespace pyrite::passes {

plan::RelationPtr ExtractPython(plan::RelationPtr plan);

}  // namespace pyrite::passes
