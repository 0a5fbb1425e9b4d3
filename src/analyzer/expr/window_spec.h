// Parts of OVER clauses that naming needs too.
#pragma once

#include "analyzer/analysis.h"

namespace pyrite::analyzer {

// The window with the one that it names (OVER w, OVER (w ORDER BY ...)) filled in. Raises
// MISSING_WINDOW_SPECIFICATION.
spec::WindowSpec NamedWindow(const spec::WindowSpec& spec, const Analysis& analysis);

// The positive counterpart of a negative constant (or of negative(x)); nullopt for others.
std::optional<plan::ExpressionPtr> NegatedConstant(const plan::ExpressionPtr& value,
                                                   const Analysis& analysis);

// row_number() OVER (ORDER BY ...) as a BIGINT; without keys, in the order in which rows come.
plan::ExpressionPtr RowNumber(std::vector<plan::SortKey> order_by, const Analysis& analysis);

}  // namespace pyrite::analyzer
