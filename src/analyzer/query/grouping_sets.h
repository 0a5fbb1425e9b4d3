// ROLLUP, CUBE and GROUPING SETS as lists of indexes into the distinct grouping expressions.
#pragma once

#include "analyzer/analysis.h"

namespace pyrite::analyzer {

struct GroupingSets {
  plan::Expressions groups;
  std::vector<std::vector<size_t>> sets;
};

GroupingSets ResolveGroupingSets(
    const spec::Aggregate& node,
    const std::function<plan::ExpressionPtr(const spec::Expression&)>& resolve);

}  // namespace pyrite::analyzer
