// The stage of a plan that writes files.
#pragma once

#include <optional>
#include <string>

#include "duckdb/planner/logical_operator.hpp"

namespace pyrite::stages {

// A plan that writes: from here on into the folder `name` below that of the whole write. The path
// of that folder, which has to be made before the plan runs; none for a plan that does not write.
std::optional<std::string> WriteBelow(duckdb::LogicalOperator& plan, const std::string& name);

}  // namespace pyrite::stages
