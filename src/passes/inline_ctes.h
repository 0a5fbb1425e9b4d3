// Common tables that are not used go away; one that is used once takes the place of its reference.
// A With without definitions gives way to its input.
#pragma once

#include "plan/relation.h"

namespace pyrite::passes {

plan::RelationPtr InlineCtes(plan::RelationPtr plan);

}  // namespace pyrite::passes
