// What DuckDB calls the function behind a registry row.
#pragma once

#include <string>

#include "functions/registry.h"

namespace pyrite::lower {

struct FunctionTarget {
  std::string name;
  bool cast_result = false;  // DuckDB's result type differs from Spark's
  bool is_kernel = false;    // a function of ours
};

// Raises INTERNAL_ERROR for rows that the analyzer must have expanded.
FunctionTarget TargetOf(const functions::Function& function, plan::EvalMode mode);

}  // namespace pyrite::lower
