// Rows as JSON text, by the kernel of to_json.
#pragma once

#include "lower/ast.h"

namespace pyrite::lower {

// A line, without its end, of the values of a struct of the type.
AstExpression MakeJsonLine(AstExpressions values, const DataType& type,
                           const plan::Options& settled);

}  // namespace pyrite::lower
