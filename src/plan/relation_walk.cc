// Parts of relations: inputs and expressions, visiting and rebuilding.

#include <unordered_set>

#include "plan/walk.h"

namespace pyrite::plan {
namespace {

// One slot of each kind for everything that a relation holds.
template <typename R, typename OnInput, typename OnExpression>
void ForParts(R& relation, OnInput input, OnExpression expression) {
  auto named = [&](auto& list) {
    for (auto& item : list) expression(item.expression);
  };
  auto plain = [&](auto& list) {
    for (auto& item : list) expression(item);
  };
  switch (relation.kind()) {
    case RelationKind::kOneRow:
    case RelationKind::kLocalData:
    case RelationKind::kRange:
    case RelationKind::kFileScan:
    case RelationKind::kCteRef:
    case RelationKind::kStoredScan: return;
    case RelationKind::kValuesList:
      for (auto& row : std::get<ValuesList>(relation.node).rows) plain(row);
      return;
    case RelationKind::kProject: {
      auto& node = std::get<Project>(relation.node);
      input(node.input);
      return named(node.expressions);
    }
    case RelationKind::kFilter: {
      auto& node = std::get<Filter>(relation.node);
      input(node.input);
      return expression(node.condition);
    }
    case RelationKind::kJoin: {
      auto& node = std::get<Join>(relation.node);
      input(node.left);
      input(node.right);
      return expression(node.condition);
    }
    case RelationKind::kAggregate: {
      auto& node = std::get<Aggregate>(relation.node);
      input(node.input);
      named(node.groups);
      return named(node.aggregates);
    }
    case RelationKind::kWindow: {
      auto& node = std::get<Window>(relation.node);
      input(node.input);
      return named(node.expressions);
    }
    case RelationKind::kSort: {
      auto& node = std::get<Sort>(relation.node);
      input(node.input);
      for (auto& key : node.keys) expression(key.child);
      return;
    }
    case RelationKind::kLimit: {
      auto& node = std::get<Limit>(relation.node);
      input(node.input);
      expression(node.limit);
      return expression(node.offset);
    }
    case RelationKind::kTail: return input(std::get<Tail>(relation.node).input);
    case RelationKind::kDeduplicate: return input(std::get<Deduplicate>(relation.node).input);
    case RelationKind::kSetOperation:
      for (auto& item : std::get<SetOperation>(relation.node).inputs) input(item);
      return;
    case RelationKind::kGenerate: {
      auto& node = std::get<Generate>(relation.node);
      input(node.input);
      return plain(node.arguments);
    }
    case RelationKind::kWith: {
      auto& node = std::get<With>(relation.node);
      for (auto& definition : node.definitions) {
        input(definition.plan);
        if (definition.step) input(definition.step);
      }
      return input(node.input);
    }
    case RelationKind::kCollectMetrics: {
      auto& node = std::get<CollectMetrics>(relation.node);
      input(node.input);
      return named(node.metrics);
    }
    case RelationKind::kEvalPython: {
      auto& node = std::get<EvalPython>(relation.node);
      input(node.input);
      return named(node.calls);
    }
    case RelationKind::kMapPython: {
      auto& node = std::get<MapPython>(relation.node);
      input(node.input);
      if (!node.table) return;
      for (auto& key : node.table->order) expression(key.child);
      return;
    }
    case RelationKind::kRepartition: {
      auto& node = std::get<Repartition>(relation.node);
      input(node.input);
      plain(node.expressions);
      for (auto& key : node.range_keys) expression(key.child);
      return;
    }
  }
}

void CollectOuter(const Relation& relation, std::unordered_set<ColumnId>& made, Columns& read) {
  for (const Column& column : relation.output) made.insert(column.id);
  auto visit = [&](const ExpressionPtr& root) {
    Any(*root, [&](const Expression& e) {
      if (auto* ref = e.TryAs<ColumnRef>()) {
        read.push_back({ref->id, ref->name, e.type, e.nullable, ""});
      } else if (auto* lambda = e.TryAs<Lambda>()) {
        for (const Column& parameter : lambda->parameters) made.insert(parameter.id);
      } else if (RelationPtr plan = SubqueryOf(e)) {
        CollectOuter(*plan, made, read);
      }
      return false;
    });
  };
  ForParts(
      relation, [&](const RelationPtr& input) { CollectOuter(*input, made, read); },
      [&](const ExpressionPtr& e) {
        if (e) visit(e);
      });
}

}  // namespace

std::vector<RelationPtr> InputsOf(const Relation& relation) {
  std::vector<RelationPtr> inputs;
  ForParts(
      relation, [&](const RelationPtr& input) { inputs.push_back(input); },
      [](const ExpressionPtr&) {});
  return inputs;
}

void ForEachExpression(const Relation& relation,
                       const std::function<void(const ExpressionPtr&)>& visit) {
  ForParts(
      relation, [](const RelationPtr&) {},
      [&](const ExpressionPtr& expression) {
        if (expression) visit(expression);
      });
}

RelationPtr MapRelation(const RelationPtr& relation,
                        const std::function<RelationPtr(const RelationPtr&)>& map_input,
                        const std::function<ExpressionPtr(const ExpressionPtr&)>& map_expression) {
  bool changed = false;
  std::vector<RelationPtr> inputs;
  std::vector<ExpressionPtr> expressions;
  ForParts(
      *relation,
      [&](const RelationPtr& input) {
        inputs.push_back(map_input(input));
        changed |= inputs.back() != input;
      },
      [&](const ExpressionPtr& expression) {
        expressions.push_back(expression ? map_expression(expression) : nullptr);
        changed |= expressions.back() != expression;
      });
  if (!changed) return relation;
  auto copy = std::make_shared<Relation>(*relation);
  size_t input_at = 0, expression_at = 0;
  ForParts(
      *copy, [&](RelationPtr& input) { input = std::move(inputs[input_at++]); },
      [&](ExpressionPtr& expression) { expression = std::move(expressions[expression_at++]); });
  return copy;
}

Columns OuterReferences(const Relation& relation) {
  std::unordered_set<ColumnId> made;
  Columns read;
  CollectOuter(relation, made, read);
  Columns outer;
  for (Column& column : read) {
    if (made.insert(column.id).second) outer.push_back(std::move(column));
  }
  return outer;
}

}  // namespace pyrite::plan
