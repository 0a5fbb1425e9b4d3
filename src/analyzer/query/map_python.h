// What functions of Python that make rows have in common.
#pragma once

#include "analyzer/query/query.h"

namespace pyrite::analyzer {

// The relation under the names of its output: new columns, the fields of the struct `type`.
Resolved RowsOfPython(plan::MapPython node, const DataType& type, const Analysis& analysis);

}  // namespace pyrite::analyzer
