// Rows as JSON text, by the kernel of to_json.
#pragma once

#include "lower/ast.h"

namespace pyrite::lower {

// A line, without its end, of `row`: a struct of the type.
AstExpression MakeJsonLine(AstExpression row, const DataType& type, const plan::Options& settled);

}  // namespace pyrite::lower
