// ORDER BY: positions, output columns, and then whatever stands below the select list.

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/expr/grouping.h"
#include "analyzer/expr/misplaced.h"
#include "analyzer/query/query.h"
#include "analyzer/query/select.h"

namespace pyrite::analyzer {
namespace {

// ORDER BY 2: the position; nullopt for other expressions.
std::optional<int64_t> Position(const spec::Expression& expression) {
  const spec::Expression* child = &expression;
  if (auto* order = expression.TryAs<spec::SortOrder>()) child = order->child.get();
  auto* literal = child->TryAs<spec::LiteralValue>();
  if (!literal || !literal->literal.type.Is(TypeKind::kInteger)) return std::nullopt;
  if (literal->literal.value.is_null()) return std::nullopt;
  return literal->literal.value.as_int();
}

plan::SortKey ResolveKey(const spec::Expression& expression, Environment& names) {
  auto position = Position(expression);
  if (!position) return ResolveSortKey(expression, names);
  const ScopeColumns& columns = names.scopes[0]->columns->all();
  if (*position < 1 || *position > static_cast<int64_t>(columns.size())) {
    throw errors::OrderByPositionOutOfRange(*position, columns.size());
  }
  plan::SortKey key = {plan::MakeRef(columns[*position - 1].column), true, true};
  if (auto* order = expression.TryAs<spec::SortOrder>()) {
    key.ascending = order->direction == spec::SortDirection::kAscending;
    key.nulls_first = order->nulls == spec::NullOrdering::kDefault
                          ? key.ascending
                          : order->nulls == spec::NullOrdering::kFirst;
  }
  return key;
}

// ORDER BY ALL: each column of the output, in the direction that ALL has.
std::optional<spec::Sort> ByAll(const spec::Sort& node, const Resolved& input) {
  if (node.order.size() != 1 || !node.is_global) return std::nullopt;
  auto* order = node.order[0]->TryAs<spec::SortOrder>();
  auto* name = order ? order->child->TryAs<spec::UnresolvedAttribute>() : nullptr;
  bool all = name && name->name_parts.size() == 1 && FoldCase(name->name_parts[0], false) == "all";
  if (!all || !input.scope->columns->Named(name->name_parts[0]).empty()) return std::nullopt;
  spec::Sort expanded = node;
  expanded.order.clear();
  for (size_t i = 0; i < input.scope->columns->all().size(); ++i) {
    spec::SortOrder key = *order;
    key.child = spec::Constant(Literal::Int(static_cast<int32_t>(i + 1)), order->child->origin);
    expanded.order.push_back(spec::Make(std::move(key), node.order[0]->origin));
  }
  return expanded;
}

}  // namespace

Resolved ResolveSort(const spec::Sort& given, Resolved input, Analysis& analysis) {
  std::optional<spec::Sort> by_all = ByAll(given, input);
  const spec::Sort& node = by_all ? *by_all : given;
  if (node.order.empty()) return input;  // BY ALL of no columns
  Environment names{analysis, {input.scope}};
  if (input.select) {
    names.scopes.push_back(input.select->input.scope);
    if (input.select->is_aggregate) names.aggregate_scope = input.select->input.scope;
  }
  names.skips_ambiguous = true;
  std::vector<plan::SortKey> keys;
  std::optional<Select> extended;
  for (const spec::ExpressionPtr& order : node.order) {
    RefuseGenerators(*order, "Sort");
    plan::SortKey key = AtOrigin(order->origin, [&] { return ResolveKey(*order, names); });
    RefuseStars(*order, "Sort");
    if (input.select && !OnlyNeeds(*key.child, *input.scope, *input.select)) {
      if (input.select->is_aggregate) RefuseUngrouped(key.child, *input.scope, *input.select);
      if (!extended) extended = *input.select;
      extended->is_aggregate |= HasAggregate(*key.child);
      key.child = AddHidden(*extended, std::move(key.child));
    } else if (HasAggregate(*key.child)) {
      throw SparkError("INVALID_WHERE_CONDITION", {});
    }
    CheckNoGrouping(*key.child);
    keys.push_back(std::move(key));
  }
  Resolved result;
  result.scope = PassScope(input.scope);
  plan::RelationPtr below = extended ? BuildPlan(*extended, analysis) : input.plan;
  result.plan = plan::MakeSort(std::move(below), std::move(keys), node.is_global);
  if (extended) DropHidden(result);
  return result;
}

}  // namespace pyrite::analyzer
