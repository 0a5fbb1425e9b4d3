// Sessions of rows: those that overlap are one.
#pragma once

#include "analyzer/analysis.h"

namespace pyrite::analyzer {

// The columns `start` and `end` of the input's rows become those of the sessions that the rows are
// in, among rows of equal `groups`. The output is the input's, in its order.
plan::RelationPtr MergeSessions(const Resolved& input, const plan::Column& start,
                                const plan::Column& end, const spec::Expressions& groups,
                                Analysis& analysis);

}  // namespace pyrite::analyzer
