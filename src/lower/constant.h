// Spark's constants as DuckDB's.
#pragma once

#include "base/value.h"
#include "lower/ast.h"

namespace pyrite::lower {

duckdb::Value ToDuckDB(const Value& value, const DataType& type);
// A constant that binds to exactly the type's physical form.
AstExpression LowerConstant(const Value& value, const DataType& type);

}  // namespace pyrite::lower
