// Table functions of Python over columns of the other side of a lateral join are called for that
// side's rows.
//
// - Join lateral (t, Project (Filter (MapPython (Project (OneRow))))) becomes Project (Filter
//   (MapPython (Project t))): each row of t goes to the function and passes beside what it makes.
// - Where such a function stands otherwise, say below an aggregate, the query is refused.
#pragma once

#include "plan/relation.h"

namespace pyrite::passes {

plan::RelationPtr LateralPython(plan::RelationPtr plan);

}  // namespace pyrite::passes
