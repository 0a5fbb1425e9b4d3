// Spark's functions that DuckDB has none for (or one of other meaning), as vectorized functions
// named spark_...; functions/ says which calls use them.
#pragma once

namespace duckdb {
class DatabaseInstance;
}

namespace pyrite::lower {

// Makes all of them known to a database; once, at its start.
void RegisterKernels(duckdb::DatabaseInstance& database);

}  // namespace pyrite::lower
