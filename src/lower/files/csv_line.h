// The kernel that makes lines of CSV: spark_csv_line(row STRUCT, its type as SQL, options as a list
// of names and values in turn).
#pragma once

#include "lower/ast.h"

namespace duckdb {
class ExtensionLoader;
}

namespace pyrite::lower {

void RegisterCsvLine(duckdb::ExtensionLoader& loader);

// A line, without its end, of `row`: a struct of the type.
AstExpression MakeCsvLine(AstExpression row, const DataType& type, const plan::Options& settled);

}  // namespace pyrite::lower
