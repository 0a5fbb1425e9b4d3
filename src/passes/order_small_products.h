// The rows of a product of two small tables come in the order in which Spark makes them: those of
// the left one after the other, each with all of the right.
#pragma once

#include "plan/relation.h"

namespace pyrite::passes {

plan::RelationPtr OrderSmallProducts(plan::RelationPtr plan);

}  // namespace pyrite::passes
