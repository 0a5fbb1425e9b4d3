// The physical plan as EXPLAIN prints it: DuckDB's operators under Spark's names for them, their
// columns as in the logical plan.
//
//   Project [s#4, t#6]
//   +- BroadcastHashJoin Inner, k#2 = k#3
//      :- Range
//      +- LocalTableScan
#pragma once

#include <string>

#include "plan/relation.h"

namespace pyrite::engine {

// `explained` is the JSON that DuckDB's EXPLAIN gives for the statement of `plan`. With
// `statistics` each operator has the rows that the optimizer expects of it.
std::string PhysicalPlanText(const std::string& explained, const plan::Relation& plan,
                             bool statistics);

}  // namespace pyrite::engine
