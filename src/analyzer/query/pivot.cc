// groupBy().pivot(): one column for each value and aggregate.

#include <unordered_set>

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/expr/naming.h"
#include "analyzer/query/pivot_values.h"
#include "analyzer/query/query.h"
#include "analyzer/query/select.h"
#include "plan/walk.h"

namespace pyrite::analyzer {
namespace {

constexpr const char* kPivotColumn = "__pivot_value";

struct Pivot {
  spec::ExpressionPtr column;
  plan::ExpressionPtr key;  // the column, resolved
  std::vector<PivotValue> values;
  spec::Expressions grouping;
  SelectItems whole;  // the groups and each aggregate once, for names and types

  size_t group_count() const { return grouping.size(); }
  bool is_single() const { return whole.size() == group_count() + 1; }
  std::string NameOf(const PivotValue& value, const plan::Column& aggregate) const {
    return is_single() ? value.name : value.name + "_" + aggregate.name;
  }
};

// Values of these types Spark moves into place once they are aggregated, so that a column without
// rows is NULL, counts too; other aggregates it computes for each column.
bool MovesIntoPlace(const DataType& type) {
  return !type.IsNested() && !type.IsString() && !type.Is(TypeKind::kBinary);
}

bool MovesIntoPlace(const Pivot& pivot) {
  for (size_t i = pivot.group_count(); i < pivot.whole.size(); ++i) {
    if (!MovesIntoPlace(pivot.whole[i].named.expression->type)) return false;
  }
  return true;
}

// PIVOT of SQL text groups by the columns that it does not name.
spec::Expressions OtherColumns(const spec::Aggregate& node, Environment& names) {
  std::unordered_set<plan::ColumnId> used;
  auto visit = [&](const spec::ExpressionPtr& expression) {
    plan::Any(*ResolveExpression(*expression, names), [&](const plan::Expression& e) {
      if (auto* ref = e.TryAs<plan::ColumnRef>()) used.insert(ref->id);
      return false;
    });
  };
  visit(node.pivot->column);
  for (const spec::ExpressionPtr& aggregate : node.aggregates) visit(aggregate);
  spec::Expressions groups;
  for (const ScopeColumn& column : names.scopes[0]->columns->all()) {
    if (!used.contains(column.column.id)) groups.push_back(spec::Attribute(column.column.name));
  }
  return groups;
}

void CheckAggregate(const plan::Expression& expression) {
  if (expression.kind() == plan::ExpressionKind::kAggregateCall) return;
  if (auto* ref = expression.TryAs<plan::ColumnRef>()) {
    throw SparkError("_LEGACY_ERROR_TEMP_1006", {{"sql", errors::QuoteName({ref->name})}});
  }
  plan::ForEachChild(expression, [](const plan::ExpressionPtr& child) { CheckAggregate(*child); });
}

void CheckComparable(const Pivot& pivot, Environment& names) {
  const DataType& type = pivot.key->type;
  if (!type.Is(TypeKind::kMap) && !type.Is(TypeKind::kVariant)) return;
  throw SparkError("INCOMPARABLE_PIVOT_COLUMN",
                   {{"columnName", errors::QuoteName({PrettyName(*pivot.column, names)})}});
}

Pivot Prepare(const spec::Aggregate& node, const Resolved& input, Analysis& analysis) {
  Environment names{analysis, {input.scope}};
  Pivot pivot;
  pivot.column = node.pivot->column;
  pivot.key = ResolveExpression(*pivot.column, names);
  if (node.pivot->values.empty()) {
    pivot.values = FindPivotValues(pivot.column, input, analysis);
    CheckComparable(pivot, names);
    pivot.column = spec::Make(spec::Cast{pivot.column, DataType::String()});
    pivot.key = CallFunction("string", {pivot.key}, analysis);
  } else {
    CheckComparable(pivot, names);
    pivot.values = GivenPivotValues(node.pivot->values, pivot.key->type, names);
  }
  pivot.grouping = node.grouping_in_output ? node.grouping : OtherColumns(node, names);
  SelectListBuilder list(input, analysis);
  for (const spec::ExpressionPtr& group : pivot.grouping) list.Add(group);
  for (const spec::ExpressionPtr& aggregate : node.aggregates) list.Add(aggregate);
  pivot.whole = list.Take();
  for (size_t i = pivot.group_count(); i < pivot.whole.size(); ++i) {
    CheckAggregate(*pivot.whole[i].named.expression);
  }
  return pivot;
}

plan::ExpressionPtr WithFilter(const plan::ExpressionPtr& expression,
                               const plan::ExpressionPtr& condition, const Analysis& analysis) {
  return plan::Rewrite(expression, [&](const plan::ExpressionPtr& e) -> plan::ExpressionPtr {
    auto* call = e->TryAs<plan::AggregateCall>();
    if (!call) return nullptr;
    plan::AggregateCall copy = *call;
    copy.filter = copy.filter ? CallFunction("and", {copy.filter, condition}, analysis) : condition;
    return plan::Make(std::move(copy), e->type, e->nullable, e->context);
  });
}

void AddItem(SelectItems& items, std::string name, plan::ExpressionPtr value) {
  plan::Column column{plan::NextColumnId(), std::move(name), value->type, value->nullable, ""};
  plan::ColumnId id = column.id;
  items.push_back({{std::move(column), std::move(value)}, nullptr, id});
}

// Every aggregate over the rows of each value.
SelectItems FilteredAggregates(const Pivot& pivot, Select& select, Analysis& analysis) {
  SelectItems items;
  for (size_t i = 0; i < pivot.group_count(); ++i) {
    select.groups.push_back(pivot.whole[i].named.expression);
    items.push_back(pivot.whole[i]);
  }
  for (const PivotValue& value : pivot.values) {
    plan::ExpressionPtr matches = CallFunction("<=>", {pivot.key, value.value}, analysis);
    for (size_t i = pivot.group_count(); i < pivot.whole.size(); ++i) {
      const plan::NamedExpression& whole = pivot.whole[i].named;
      AddItem(items, pivot.NameOf(value, whole.column),
              WithFilter(whole.expression, matches, analysis));
    }
  }
  return items;
}

plan::ExpressionPtr First(plan::ExpressionPtr value, plan::ExpressionPtr condition,
                          const Analysis& analysis) {
  functions::UnresolvedCall call;
  call.name = "first";
  call.arguments = {std::move(value)};
  call.filter = std::move(condition);
  return functions::Resolve(call, analysis.call);
}

// The aggregates by group and value first, then moved into their columns.
SelectItems MovedAggregates(const Pivot& pivot, const spec::Expressions& aggregates, Select& select,
                            Analysis& analysis) {
  spec::Aggregate first{nullptr, spec::GroupType::kGroupBy, pivot.grouping, aggregates, true};
  first.grouping.push_back(spec::Make(spec::Alias{pivot.column, {kPivotColumn}, ""}));
  select.input = ResolveAggregate(first, std::move(select.input), analysis);
  const ScopeColumns& made = select.input.scope->columns->all();
  SelectItems items;
  for (size_t i = 0; i < pivot.group_count(); ++i) {
    plan::ExpressionPtr ref = plan::MakeRef(made[i].column);
    select.groups.push_back(ref);
    items.push_back({{made[i].column, ref}, made[i].qualifier, made[i].identity});
  }
  const plan::Column& key = made[pivot.group_count()].column;
  for (const PivotValue& value : pivot.values) {
    plan::ExpressionPtr matches = CallFunction("<=>", {plan::MakeRef(key), value.value}, analysis);
    for (size_t i = pivot.group_count() + 1; i < made.size(); ++i) {
      AddItem(items, pivot.NameOf(value, made[i].column),
              First(plan::MakeRef(made[i].column), matches, analysis));
    }
  }
  return items;
}

}  // namespace

Resolved ResolvePivot(const spec::Aggregate& node, Resolved input, Analysis& analysis) {
  Pivot pivot = Prepare(node, input, analysis);
  Select select;
  select.is_aggregate = true;
  select.input = std::move(input);
  SelectItems items = MovesIntoPlace(pivot)
                          ? MovedAggregates(pivot, node.aggregates, select, analysis)
                          : FilteredAggregates(pivot, select, analysis);
  select.items = std::make_shared<const SelectItems>(std::move(items));
  return BuildSelect(std::move(select), analysis);
}

}  // namespace pyrite::analyzer
