// window(time, ...) and session_window(time, gap) among the expressions of one query: the rows get
// the window that they are in as a column, and the calls mean that column (Scope::time_window).
// A row is repeated for each of the sliding windows that it is in; rows without a time are in none.
#pragma once

#include "analyzer/analysis.h"

namespace pyrite::analyzer {

bool HasTimeWindow(const spec::Expressions& expressions);

// The input itself when `expressions` call neither. Sessions are merged among rows of equal
// `groups`, the grouping expressions; null: they are not merged. Raises for two unlike windows.
Resolved WithTimeWindow(const spec::Expressions& expressions, const spec::Expressions* groups,
                        Resolved input, Analysis& analysis);

}  // namespace pyrite::analyzer
