// Takes the aggregate calls out of select items into a plan::Aggregate.
#pragma once

#include "analyzer/query/select.h"

namespace pyrite::analyzer {

// The Aggregate below the select list; `items` are rewritten to refer to its columns. Raises
// MISSING_AGGREGATION and MISSING_GROUP_BY for columns that are neither grouped nor aggregated.
plan::RelationPtr ExtractAggregates(const Select& select, plan::NamedExpressions& items,
                                    Analysis& analysis);

}  // namespace pyrite::analyzer
