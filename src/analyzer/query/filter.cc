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

Resolved Rebuilt(const Resolved& input, Select select, Analysis& analysis) {
  Resolved result;
  result.plan = BuildPlan(select, analysis);
  result.scope = PassScope(input.scope);
  result.select = std::make_shared<const Select>(std::move(select));
  DropHidden(result);
  return result;
}

// Filters over a select list's output that also need columns below it.
Resolved FilterSelect(const Resolved& input, plan::ExpressionPtr condition, Analysis& analysis) {
  Select select = *input.select;
  select.is_aggregate |= HasAggregate(*condition);
  select.filters.push_back(AddHidden(select, std::move(condition)));
  return Rebuilt(input, std::move(select), analysis);
}

bool HasWindow(const SelectItems& items) {
  for (const SelectItem& item : items) {
    if (analyzer::HasWindow(*item.named.expression)) return true;
  }
  return false;
}

bool IsCorrelated(const plan::Expression& condition) {
  return plan::Any(condition, [](const plan::Expression& e) {
    plan::RelationPtr subquery = plan::SubqueryOf(e);
    return subquery && !plan::OuterReferences(*subquery).empty();
  });
}

// HAVING does not see what the window functions make.
void RefuseWindowAliases(const plan::Expression& condition, const SelectItems& items) {
  std::vector<std::string> others;
  for (const SelectItem& item : items) {
    if (!analyzer::HasWindow(*item.named.expression)) others.push_back(item.named.column.name);
  }
  for (const SelectItem& item : items) {
    bool used = plan::Any(condition, [&](const plan::Expression& e) {
      auto* ref = e.TryAs<plan::ColumnRef>();
      return ref && ref->id == item.named.column.id;
    });
    if (!used || !analyzer::HasWindow(*item.named.expression)) continue;
    throw errors::UnresolvedColumn(errors::QuoteName({item.named.column.name}), others);
  }
}

// Over the groups: below the window functions of the list.
Resolved FilterGroups(const Resolved& input, plan::ExpressionPtr condition, Analysis& analysis) {
  Select select = *input.select;
  select.is_aggregate = true;
  RefuseUngrouped(condition, *input.scope, select);
  plan::ExpressionPtr over_groups;
  if (HasWindow(*select.items) && !IsCorrelated(*condition)) {
    over_groups = WithoutAliases(condition, *select.items);
  }
  if (over_groups) {
    RefuseWindowAliases(*condition, *select.items);
    select.group_filters.push_back(std::move(over_groups));
  } else {
    select.filters.push_back(AddHidden(select, std::move(condition)));
  }
  return Rebuilt(input, std::move(select), analysis);
}

// QUALIFY. Over groups only the list's own columns are in sight.
Resolved Qualified(const spec::Having& node, const Resolved& input, Environment& names,
                   Analysis& analysis) {
  if (input.select->is_aggregate) {
    names.scopes.resize(1);
    names.aggregate_scope = nullptr;
  }
  RefuseGenerators(*node.condition, "Qualify");
  plan::ExpressionPtr condition = ResolveExpression(*node.condition, names);
  if (HasAggregate(*condition)) {
    throw SparkError("QUALIFY_AGGREGATE_NOT_ALLOWED",
                     {{"aggregateExpr", AggregateNames(*node.condition, names)}});
  }
  if (!analyzer::HasWindow(*condition) && !HasWindow(*input.select->items)) {
    throw SparkError("QUALIFY_REQUIRES_WINDOW_FUNCTION", {});
  }
  condition = AsCondition(std::move(condition), *node.condition, names);
  return FilterSelect(input, std::move(condition), analysis);
}

// The names of a clause that stands behind a select list: its output, then what is below it.
Environment NamesBehind(const Resolved& input, Analysis& analysis) {
  Environment names{analysis, {input.scope, input.select->input.scope}};
  if (input.select->is_aggregate) names.aggregate_scope = input.select->input.scope;
  return names;
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
    return FilterSelect(input, std::move(condition), analysis);
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
  Environment names = NamesBehind(input, analysis);
  if (node.is_qualify) return Qualified(node, input, names, analysis);
  names.aggregate_scope = input.select->input.scope;
  RefuseWindows(*node.condition, "HAVING");
  RefuseGenerators(*node.condition, "UnresolvedHaving");
  plan::ExpressionPtr condition = ResolveExpression(*node.condition, names);
  condition = AsCondition(std::move(condition), *node.condition, names);
  return FilterGroups(input, std::move(condition), analysis);
}

}  // namespace pyrite::analyzer
