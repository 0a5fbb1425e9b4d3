// The two functions by which a sort is dealt to tasks, as functions of DuckDB.
//
//   pyrite_bounds(list of sort keys, tasks)   where the share of each task but the first begins
//   pyrite_range(sort key, bounds)            the number of the task that a row goes to
#pragma once

#include "duckdb.hpp"

namespace pyrite::stages {

inline constexpr char kBoundsFunction[] = "pyrite_bounds";
inline constexpr char kRangeFunction[] = "pyrite_range";

void RegisterSortRanges(duckdb::DatabaseInstance& database);

}  // namespace pyrite::stages
