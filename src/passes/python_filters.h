// Conditions that do not depend on what functions of Python make are asked before these run.
//
//   Filter a > 3 and f = 1               Filter f = 1
//     EvalPython plus(a) AS f              EvalPython plus(a) AS f
//       FileScan [a, b]            ->        Filter a > 3
//                                              FileScan [a, b]
//
// As Spark's PushPredicateThroughNonJoin: conditions and functions that are deterministic.
#pragma once

#include "plan/relation.h"

namespace pyrite::passes {

plan::RelationPtr PythonFilters(plan::RelationPtr plan);

}  // namespace pyrite::passes
