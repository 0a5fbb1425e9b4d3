// WITH RECURSIVE: a common table that reads itself.
#pragma once

#include <optional>

#include "analyzer/analysis.h"

namespace pyrite::analyzer {

// nullopt: the table's query does not read the table's name. Raises Spark's conditions for
// recursions of other forms than `anchor UNION ALL step`.
std::optional<plan::CteDefinition> DefineRecursive(const spec::CommonTable& table, int64_t id,
                                                   Analysis& analysis);

}  // namespace pyrite::analyzer
