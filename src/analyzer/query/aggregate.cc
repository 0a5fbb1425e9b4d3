// GROUP BY: expressions, positions, aliases, ALL; grouping sets, ROLLUP, CUBE.

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/expr/naming.h"
#include "analyzer/query/grouping_sets.h"
#include "analyzer/query/query.h"
#include "analyzer/query/select.h"
#include "analyzer/query/time_window.h"
#include "plan/walk.h"

namespace pyrite::analyzer {
namespace {

plan::ExpressionPtr AtPosition(int64_t position, const SelectItems& items) {
  if (position < 1 || position > static_cast<int64_t>(items.size())) {
    throw errors::GroupByPositionOutOfRange(position, items.size());
  }
  const SelectItem& item = items[position - 1];
  if (HasAggregate(*item.named.expression)) {
    throw errors::GroupByPositionAggregate(position, item.named.column.name);
  }
  return WithoutAliases(item.named.expression, items);
}

class Grouping {
 public:
  Grouping(Environment& names, const SelectItems& items) : names_(names), items_(items) {}

  plan::ExpressionPtr Resolve(const spec::Expression& given) {
    return AtOrigin(given.origin, [&] {
      auto* literal = given.TryAs<spec::LiteralValue>();
      if (literal && literal->literal.type.Is(TypeKind::kInteger) &&
          !literal->literal.value.is_null() && !items_.empty()) {
        return AtPosition(literal->literal.value.as_int(), items_);
      }
      plan::ExpressionPtr group = WithoutAliases(ResolveExpression(given, names_), items_);
      CheckGroup(*group, given);
      return group;
    });
  }

 private:
  void CheckGroup(const plan::Expression& group, const spec::Expression& given) {
    if (HasAggregate(group)) throw errors::GroupByAggregate(AggregateNames(given, names_));
    if (HasWindow(group)) throw errors::WindowNotAllowed("GROUP BY");
  }

  Environment& names_;
  const SelectItems& items_;
};

// GROUP BY ALL: every item without an aggregate function.
plan::Expressions AllGroups(const SelectItems& items) {
  plan::Expressions groups;
  for (const SelectItem& item : items) {
    if (HasAggregate(*item.named.expression)) continue;
    if (item.named.expression->kind() == plan::ExpressionKind::kConstant) continue;
    groups.push_back(WithoutAliases(item.named.expression, items));
  }
  return groups;
}

// groupBy(...).agg(...): the grouping expressions come first, under their own names.
void AddGroupItems(const spec::Expressions& grouping, SelectListBuilder& list) {
  for (const spec::ExpressionPtr& group : grouping) list.Add(group);
}

// |> AGGREGATE ... GROUP BY 2: the input's second column.
void NameOrdinals(spec::Expressions& grouping, const Resolved& input) {
  const ScopeColumns& columns = input.scope->columns->all();
  for (spec::ExpressionPtr& group : grouping) {
    auto* literal = group->TryAs<spec::LiteralValue>();
    bool ordinal = literal && literal->literal.type.Is(TypeKind::kInteger) &&
                   !literal->literal.value.is_null();
    if (!ordinal) continue;
    int64_t place = literal->literal.value.as_int();
    if (place < 1 || place > static_cast<int64_t>(columns.size())) {
      throw errors::GroupByPositionOutOfRange(place, columns.size());
    }
    group = spec::Attribute(columns[place - 1].column.name, group->origin);
  }
}

void RequireAggregates(const spec::Aggregate& node, const SelectItems& items) {
  for (size_t i = items.size() - node.aggregates.size(); i < items.size(); ++i) {
    if (HasAggregate(*items[i].named.expression)) continue;
    throw SparkError("PIPE_OPERATOR_AGGREGATE_EXPRESSION_CONTAINS_NO_AGGREGATE_FUNCTION",
                     {{"expr", items[i].named.column.name}});
  }
}

// GROUP BY window(...) and session_window(...).
Resolved WithWindow(const spec::Aggregate& node, Resolved input, Analysis& analysis) {
  spec::Expressions all = node.grouping;
  all.insert(all.end(), node.aggregates.begin(), node.aggregates.end());
  ScopePtr before = input.scope;
  input = WithTimeWindow(all, &node.grouping, std::move(input), analysis);
  bool of_sessions =
      input.scope != before && input.scope->time_window->column.name == "session_window";
  if (!of_sessions) return input;
  bool plain = node.group_type == spec::GroupType::kGroupBy || node.pivot;
  for (const spec::ExpressionPtr& group : node.grouping) {
    bool position = group->kind() == spec::ExpressionKind::kLiteralValue;
    plain &= node.grouping_in_output || !position;
  }
  if (!plain || node.group_by_all) {
    throw errors::UnsupportedFeature(
        "session_window in ROLLUP, CUBE, GROUPING SETS, GROUP BY ALL and beside positions");
  }
  return input;
}

}  // namespace

Resolved ResolveAggregate(const spec::Aggregate& given, Resolved input, Analysis& analysis) {
  input = WithWindow(given, std::move(input), analysis);
  if (given.pivot) {
    return ResolvePivot(given, std::move(input), analysis);
  }
  spec::Aggregate node = given;
  if (node.is_pipe) NameOrdinals(node.grouping, input);
  SelectListBuilder list(std::move(input), analysis);
  if (node.grouping_in_output) AddGroupItems(node.grouping, list);
  for (const spec::ExpressionPtr& aggregate : node.aggregates) list.Add(aggregate);
  Select select;
  select.input = list.input();
  select.is_aggregate = true;
  Environment names{analysis, {select.input.scope}};
  std::map<std::string, plan::Column> aliases = list.aliases();
  if (!node.grouping_in_output) names.lateral = &aliases;
  SelectItems items = list.Take();
  if (node.is_pipe) RequireAggregates(node, items);
  const SelectItems none;
  Grouping grouping(names, node.grouping_in_output ? none : items);
  if (node.group_by_all) {
    select.groups = AllGroups(items);
  } else if (node.group_type == spec::GroupType::kGroupBy) {
    for (const spec::ExpressionPtr& group : node.grouping) {
      select.groups.push_back(grouping.Resolve(*group));
    }
  } else {
    auto resolve = [&](const spec::Expression& e) { return grouping.Resolve(e); };
    GroupingSets sets = ResolveGroupingSets(node, resolve);
    select.groups = std::move(sets.groups);
    select.grouping_sets = std::move(sets.sets);
    select.has_grouping_sets = true;
  }
  select.items = std::make_shared<const SelectItems>(std::move(items));
  return BuildSelect(std::move(select), analysis);
}

}  // namespace pyrite::analyzer
