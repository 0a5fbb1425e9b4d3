// spark_file_value(file name, LIST of names, LIST of values): the value that belongs to the file in
// which a row stands. The lists are constants; a filter on the result leaves out files unread.
#pragma once

#include "lower/ast.h"

namespace duckdb {
class ExtensionLoader;
}

namespace pyrite::lower {

void RegisterFileValue(duckdb::ExtensionLoader& loader);

// `values`: constants of one type, one for each of `paths`.
AstExpression MakeFileValue(AstExpression path, const std::vector<const plan::ScanFile*>& files,
                            AstExpressions values);

}  // namespace pyrite::lower
