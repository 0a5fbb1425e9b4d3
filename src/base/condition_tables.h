// The parts of the condition table. FindCondition (base/error.h) looks a name up in all of them;
// conditions.cc has the rows that stand in no other part.
#pragma once

#include <span>

#include "base/error.h"

namespace pyrite {

// Queries that have no meaning.
std::span<const Condition> AnalysisConditions();
// Values that do not fit while a query runs.
std::span<const Condition> RuntimeConditions();
std::span<const Condition> StreamConditions();
// Pyrite's own, for what Spark does not know: their names end in PYRITE.
std::span<const Condition> OwnConditions();

}  // namespace pyrite
