// WHERE, DataFrame.filter and HAVING.

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/expr/grouping.h"
#include "analyzer/expr/misplaced.h"
#include "analyzer/expr/naming.h"
#include "analyzer/query/query.h"
#include "analyzer/query/select.h"
#include "plan/walk.h"

namespace pyrite::analyzer {
namespace {

plan::ExpressionPtr AsCondition(plan::ExpressionPtr condition, const spec::Expression& given,
                                Environment& names) {
  if (condition->type.Is(TypeKind::kBoolean)) return condition;
  throw errors::FilterNotBoolean(PrettyName(given, names), condition->type);
}

// Filters over a select list's output that also need columns below it.
Resolved FilterSelect(const Resolved& input, plan::ExpressionPtr condition, bool force_aggregate,
                      Analysis& analysis) {
  Select select = *input.select;
  select.is_aggregate |= force_aggregate || HasAggregate(*condition);
  select.filters.push_back(AddHidden(select, std::move(condition)));
  Resolved result;
  result.plan = BuildPlan(select, analysis);
  result.scope = PassScope(input.scope);
  result.select = std::make_shared<const Select>(std::move(select));
  DropHidden(result);
  return result;
}

}  // namespace

Resolved ResolveFilter(const spec::Filter& node, Resolved input, Analysis& analysis) {
  Environment names{analysis, {input.scope}};
  if (input.select) {
    names.scopes.push_back(input.select->input.scope);
    if (input.select->is_aggregate) names.aggregate_scope = input.select->input.scope;
  }
  RefuseWindows(*node.condition, "WHERE");
  RefuseGenerators(*node.condition, "Filter");
  plan::ExpressionPtr condition = ResolveExpression(*node.condition, names);
  condition = AsCondition(std::move(condition), *node.condition, names);
  if (HasWindow(*condition)) throw errors::WindowNotAllowed("WHERE");
  bool aggregate_below = input.select && input.select->is_aggregate;
  if (HasAggregate(*condition) && !aggregate_below) {
    throw errors::InvalidWhereCondition(PrettyName(*node.condition, names),
                                        AggregateNames(*node.condition, names));
  }
  if (input.select && !OnlyNeeds(*condition, *input.scope, *input.select)) {
    return FilterSelect(input, std::move(condition), false, analysis);
  }
  CheckNoGrouping(*condition);
  Resolved result;
  if (input.select) {
    Select select = *input.select;
    select.filters.push_back(condition);
    result.select = std::make_shared<const Select>(std::move(select));
  }
  result.scope = PassScope(input.scope);
  result.plan = plan::MakeFilter(input.plan, std::move(condition));
  return result;
}

Resolved ResolveHaving(const spec::Having& node, Resolved input, Analysis& analysis) {
  if (!input.select) {
    return ResolveFilter({nullptr, node.condition}, std::move(input), analysis);
  }
  Environment names{analysis, {input.scope, input.select->input.scope}};
  names.aggregate_scope = input.select->input.scope;
  RefuseWindows(*node.condition, "HAVING");
  RefuseGenerators(*node.condition, "UnresolvedHaving");
  plan::ExpressionPtr condition = ResolveExpression(*node.condition, names);
  condition = AsCondition(std::move(condition), *node.condition, names);
  return FilterSelect(input, std::move(condition), true, analysis);
}

}  // namespace pyrite::analyzer
