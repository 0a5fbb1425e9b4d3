// grouping(a) and grouping_id(...): calls that stand for bits of the grouping id until the
// Aggregate that they belong to is built.
#pragma once

#include "analyzer/analysis.h"

namespace pyrite::analyzer {

bool IsGroupingFunction(const std::string& folded_name);
plan::ExpressionPtr ResolveGroupingFunction(const spec::UnresolvedFunction& node,
                                            const std::string& folded_name, Environment& names);

// Whether the expression is such a call.
bool IsGroupingCall(const plan::Expression& expression);
// Raises UNSUPPORTED_GROUPING_EXPRESSION when there is such a call in the expression.
void CheckNoGrouping(const plan::Expression& expression);
// What the call means over the groups, whose id column is `grouping_id`.
plan::ExpressionPtr GroupingBits(const plan::Expression& call, const plan::Expressions& groups,
                                 const plan::Column& grouping_id, const Analysis& analysis);

}  // namespace pyrite::analyzer
