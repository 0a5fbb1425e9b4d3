// Resolved plan -> DuckDB's parsed AST, never SQL text.
//
//   auto statement = lower::LowerStatement(plan, time_zone);
//   auto result = connection.Submit(std::move(statement), ...);
//   lower::CheckTypes(plan->output, result->GetTypes());
//
// Thread-safe: nothing is kept. Raises UNSUPPORTED_FEATURE for what has no form yet.
#pragma once

#include "lower/ast.h"

namespace pyrite::lower {

// `time_zone` is the session's: casts depend on it.
duckdb::unique_ptr<duckdb::SelectStatement> LowerStatement(const plan::RelationPtr& relation,
                                                           const std::string& time_zone);

// DuckDB must have bound every column to its physical type: anything else is a bug of ours.
void CheckTypes(const plan::Columns& columns, const duckdb::vector<duckdb::LogicalType>& bound);

}  // namespace pyrite::lower
