// The input with some of its columns computed anew, under their own names and in their places.
#pragma once

#include <functional>

#include "analyzer/analysis.h"

namespace pyrite::analyzer {

// `replace` gives a column's new value; null leaves it as it is.
Resolved ReplaceColumns(Resolved input,
                        const std::function<plan::ExpressionPtr(const plan::Column&)>& replace,
                        Analysis& analysis);

// Ids of the columns of those names; all columns when there are no names. Raises UNRESOLVED_COLUMN.
std::vector<plan::ColumnId> ColumnsNamed(const Scope& scope, const std::vector<std::string>& names,
                                         bool case_sensitive);

}  // namespace pyrite::analyzer
