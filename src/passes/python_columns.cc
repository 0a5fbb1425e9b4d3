#include "passes/python_columns.h"

#include <algorithm>
#include <unordered_set>

#include "base/stack_guard.h"
#include "passes/python_calls.h"
#include "passes/rewrite_plans.h"
#include "plan/walk.h"

namespace pyrite::passes {
namespace {

using plan::ExpressionPtr;
using plan::RelationKind;
using plan::RelationPtr;

using Ids = std::unordered_set<plan::ColumnId>;

Ids IdsOf(const plan::Columns& columns) {
  Ids ids;
  for (const plan::Column& column : columns) ids.insert(column.id);
  return ids;
}

void AddRefs(const ExpressionPtr& root, Ids& ids) {
  plan::Any(*root, [&](const plan::Expression& e) {
    if (auto* ref = e.TryAs<plan::ColumnRef>()) ids.insert(ref->id);
    if (RelationPtr subquery = plan::SubqueryOf(e))
      ids.merge(IdsOf(plan::OuterReferences(*subquery)));
    return false;
  });
}

void AddRefs(const plan::NamedExpressions& items, Ids& ids) {
  for (const plan::NamedExpression& item : items) AddRefs(item.expression, ids);
}

// Those that are needed; one, when none is.
plan::NamedExpressions Needed(const plan::NamedExpressions& items, const Ids& needed) {
  plan::NamedExpressions kept;
  for (const plan::NamedExpression& item : items) {
    if (needed.contains(item.column.id)) kept.push_back(item);
  }
  if (kept.empty() && !items.empty()) kept.push_back(items.front());
  return kept;
}

// The columns whose input has them still, and those that the relation makes itself.
plan::Columns StillThere(const plan::Columns& columns, const Ids& before, const Ids& now) {
  plan::Columns left;
  for (const plan::Column& column : columns) {
    if (!before.contains(column.id) || now.contains(column.id)) left.push_back(column);
  }
  return left;
}

RelationPtr Prune(const RelationPtr& relation, const Ids& needed);

RelationPtr PruneProject(const plan::Project& node, const Ids& needed) {
  plan::NamedExpressions items = Needed(node.expressions, needed);
  Ids below;
  AddRefs(items, below);
  return plan::MakeProject(Prune(node.input, below), std::move(items));
}

// A relation whose inputs' columns pass.
RelationPtr PrunePassing(const RelationPtr& relation, Ids needed) {
  plan::ForEachExpression(*relation, [&](const ExpressionPtr& e) { AddRefs(e, needed); });
  Ids before, now;
  RelationPtr pruned = plan::MapRelation(
      relation,
      [&](const RelationPtr& input) {
        RelationPtr mapped = Prune(input, needed);
        before.merge(IdsOf(input->output));
        now.merge(IdsOf(mapped->output));
        return mapped;
      },
      [](const ExpressionPtr& e) { return e; });
  if (pruned == relation) return relation;
  return plan::MakeRelation(pruned->node, StillThere(relation->output, before, now));
}

RelationPtr PruneCalls(const plan::EvalPython& node, const Ids& needed) {
  plan::NamedExpressions calls;
  for (const plan::NamedExpression& call : node.calls) {
    if (needed.contains(call.column.id)) calls.push_back(call);
  }
  if (calls.empty()) return Prune(node.input, needed);
  Ids below = needed;
  AddRefs(calls, below);
  RelationPtr input = Prune(node.input, below);
  plan::Columns output;
  for (const plan::Column& column : input->output) {
    if (below.contains(column.id)) output.push_back(column);
  }
  if (output.size() < input->output.size() && !output.empty()) {
    input = OnlyColumns(std::move(input), output);
  } else {
    output = input->output;
  }
  for (const plan::NamedExpression& call : calls) output.push_back(call.column);
  return plan::MakeRelation(plan::EvalPython{std::move(input), std::move(calls)},
                            std::move(output));
}

// A table function: its input is a project of what passes, then what it is given.
RelationPtr PruneTable(const RelationPtr& relation, const Ids& needed) {
  plan::MapPython node = relation->As<plan::MapPython>();
  const auto& project = node.input->As<plan::Project>();
  auto passing = project.expressions.begin() + static_cast<ptrdiff_t>(node.table->kept);
  plan::NamedExpressions items;
  std::copy_if(project.expressions.begin(), passing, std::back_inserter(items),
               [&](const plan::NamedExpression& item) { return needed.contains(item.column.id); });
  // With none that passes it would be a call of the function without rows.
  if (items.empty()) items.push_back(project.expressions.front());
  plan::Columns output;
  for (const plan::NamedExpression& item : items) output.push_back(item.column);
  output.insert(output.end(), relation->output.begin() + static_cast<ptrdiff_t>(node.table->kept),
                relation->output.end());
  node.table->kept = items.size();
  items.insert(items.end(), passing, project.expressions.end());
  Ids below;
  AddRefs(items, below);
  node.input = plan::MakeProject(Prune(project.input, below), std::move(items));
  return plan::MakeRelation(std::move(node), std::move(output));
}

// All columns of the inputs are needed.
RelationPtr PruneInputs(const RelationPtr& relation) {
  return plan::MapRelation(
      relation, [](const RelationPtr& input) { return Prune(input, IdsOf(input->output)); },
      [](const ExpressionPtr& e) { return e; });
}

// Has the columns of the relation that are needed, and maybe others of it.
RelationPtr Prune(const RelationPtr& relation, const Ids& needed) {
  CheckStack();
  switch (relation->kind()) {
    case RelationKind::kProject: return PruneProject(relation->As<plan::Project>(), needed);
    case RelationKind::kFilter:
    case RelationKind::kSort:
    case RelationKind::kLimit:
    case RelationKind::kTail:
    case RelationKind::kWindow:
    case RelationKind::kGenerate:
    case RelationKind::kCollectMetrics:
    case RelationKind::kRepartition: return PrunePassing(relation, needed);
    case RelationKind::kJoin:
      return relation->As<plan::Join>().lateral ? PruneInputs(relation)
                                                : PrunePassing(relation, needed);
    case RelationKind::kAggregate: {
      Ids below;
      plan::ForEachExpression(*relation, [&](const ExpressionPtr& e) { AddRefs(e, below); });
      return plan::MapRelation(
          relation, [&](const RelationPtr& input) { return Prune(input, below); },
          [](const ExpressionPtr& e) { return e; });
    }
    case RelationKind::kEvalPython: {
      const auto& node = relation->As<plan::EvalPython>();
      return node.group_count ? PruneInputs(relation) : PruneCalls(node, needed);
    }
    case RelationKind::kMapPython: {
      const auto& node = relation->As<plan::MapPython>();
      bool passes =
          node.table && node.table->kept > 0 && node.input->kind() == RelationKind::kProject;
      return passes ? PruneTable(relation, needed) : PruneInputs(relation);
    }
    default: return PruneInputs(relation);
  }
}

}  // namespace

RelationPtr PythonColumns(RelationPtr plan) {
  return RunsPython(*plan) ? Prune(plan, IdsOf(plan->output)) : plan;
}

}  // namespace pyrite::passes
