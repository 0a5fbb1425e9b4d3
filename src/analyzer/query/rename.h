// New names for a relation's columns: t(a, b), toDF.
#pragma once

#include "analyzer/analysis.h"

namespace pyrite::analyzer {

// Raises ASSIGNMENT_ARITY_MISMATCH when the numbers differ. The result's plan shows the names.
Resolved Renamed(const Resolved& input, const std::vector<std::string>& column_names,
                 Analysis& analysis);

}  // namespace pyrite::analyzer
