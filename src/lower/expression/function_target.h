// What DuckDB calls the function behind a registry row.
#pragma once

#include <string>
#include <string_view>

#include "functions/registry.h"
#include "lower/ast.h"

namespace pyrite::lower {

struct FunctionTarget {
  std::string name;
  bool cast_result = false;  // DuckDB's result type differs from Spark's
  bool is_kernel = false;    // a function of ours
};

// Raises INTERNAL_ERROR for rows that the analyzer must have expanded.
FunctionTarget TargetOf(const functions::Function& function, plan::EvalMode mode);

// The aggregate `name`, whose result DuckDB has in a wider type, in Spark's type. One that does not
// fit raises ARITHMETIC_OVERFLOW, is NULL (kTry), or wraps around (kLegacy: a sum of integers).
AstExpression AsResult(AstExpression aggregate, std::string_view name, plan::EvalMode mode,
                       const DataType& type);

}  // namespace pyrite::lower
