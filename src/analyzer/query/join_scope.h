// The names that a join offers: those of its sides, nullable where an outer join fills in NULLs.
#pragma once

#include "analyzer/analysis.h"

namespace pyrite::analyzer {

ScopePtr JoinScope(const Resolved& left, const Resolved& right, plan::JoinType type,
                   bool with_right, bool case_sensitive);

}  // namespace pyrite::analyzer
