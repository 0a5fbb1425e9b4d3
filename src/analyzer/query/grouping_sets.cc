#include "analyzer/query/grouping_sets.h"

#include "analyzer/errors.h"
#include "plan/walk.h"

namespace pyrite::analyzer {
namespace {

constexpr size_t kMaxCube = 16;

size_t IndexOf(const plan::ExpressionPtr& group, plan::Expressions& groups) {
  for (size_t i = 0; i < groups.size(); ++i) {
    if (plan::Equal(*groups[i], *group)) return i;
  }
  groups.push_back(group);
  return groups.size() - 1;
}

std::vector<std::vector<size_t>> Rollup(const std::vector<size_t>& all) {
  std::vector<std::vector<size_t>> sets;
  for (size_t size = all.size() + 1; size-- > 0;) {
    sets.emplace_back(all.begin(), all.begin() + size);
  }
  return sets;
}

std::vector<std::vector<size_t>> Cube(const std::vector<size_t>& all) {
  if (all.size() > kMaxCube) throw errors::UnsupportedFeature("CUBE over so many expressions");
  std::vector<std::vector<size_t>> sets;
  for (size_t mask = size_t{1} << all.size(); mask-- > 0;) {
    std::vector<size_t> set;
    for (size_t i = 0; i < all.size(); ++i) {
      if (mask >> (all.size() - 1 - i) & 1) set.push_back(all[i]);
    }
    sets.push_back(std::move(set));
  }
  return sets;
}

}  // namespace

GroupingSets ResolveGroupingSets(
    const spec::Aggregate& node,
    const std::function<plan::ExpressionPtr(const spec::Expression&)>& resolve) {
  GroupingSets result;
  std::vector<size_t> all;
  for (const spec::ExpressionPtr& group : node.grouping) {
    all.push_back(IndexOf(resolve(*group), result.groups));
  }
  if (node.group_type == spec::GroupType::kRollup) {
    result.sets = Rollup(all);
  } else if (node.group_type == spec::GroupType::kCube) {
    result.sets = Cube(all);
  } else {
    for (const spec::Expressions& given : node.grouping_sets) {
      std::vector<size_t> set;
      for (const spec::ExpressionPtr& item : given) {
        set.push_back(IndexOf(resolve(*item), result.groups));
      }
      result.sets.push_back(std::move(set));
    }
  }
  return result;
}

}  // namespace pyrite::analyzer
