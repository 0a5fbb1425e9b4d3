// The distribution pass: cuts DuckDB's optimized plan into stages.
//
// Each operator says which distribution it has, given those of its children; where a child does not
// have what its parent needs, a network boundary comes between. An operator that no rule covers
// gets all its rows in one task: slower, never wrong, never refused.
#pragma once

#include "duckdb/planner/binder.hpp"
#include "duckdb/planner/logical_operator.hpp"
#include "stages/planner.h"

namespace pyrite::stages {

// Raises INTERNAL_ERROR. `optimized` may be cut only once: its columns are bound anew.
StageGraph Cut(duckdb::ClientContext& context, duckdb::Binder& binder,
               duckdb::unique_ptr<duckdb::LogicalOperator> optimized, const CutOptions& options);

}  // namespace pyrite::stages
