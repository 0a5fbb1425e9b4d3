// The one place where DuckDB's errors become Spark's.
#pragma once

#include "base/error.h"
#include "duckdb.hpp"

namespace pyrite::engine {

// Kernels of ours name their condition themselves (lower/kernels/error.h). What DuckDB raises by
// itself is told by its kind and text; what is not known is an INTERNAL_ERROR with DuckDB's text.
SparkError FromDuckDB(const duckdb::ErrorData& error);

}  // namespace pyrite::engine
