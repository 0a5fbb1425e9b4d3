// JOIN ... USING (names) and NATURAL JOIN: each key column appears once, first; both sides' own key
// columns stay within reach of qualified names.
#pragma once

#include "analyzer/analysis.h"

namespace pyrite::analyzer {

Resolved JoinUsing(const Resolved& left, const Resolved& right, plan::JoinType type,
                   const std::vector<std::string>& keys, bool lateral, Analysis& analysis);

// The names that both sides have, in the left side's order.
std::vector<std::string> CommonNames(const Resolved& left, const Resolved& right,
                                     bool case_sensitive);

}  // namespace pyrite::analyzer
