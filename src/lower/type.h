// The form that a value of a Spark type has inside DuckDB.
#pragma once

#include "base/types.h"
#include "duckdb.hpp"

namespace pyrite::lower {

// Strings of any kind are VARCHAR, year-month intervals INTEGER (months), day-time intervals BIGINT
// (microseconds), VOID is INTEGER (always NULL), and so on. Raises UNSUPPORTED_FEATURE for types
// that have no form yet.
duckdb::LogicalType PhysicalType(const DataType& type);

// The names of a struct's fields inside DuckDB: their own where DuckDB can tell them apart,
// otherwise f0, f1, ...
duckdb::vector<duckdb::Identifier> PhysicalFieldNames(const DataType& struct_type);

}  // namespace pyrite::lower
