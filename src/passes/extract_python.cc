#include "passes/extract_python.h"

#include "base/errors.h"
#include "passes/conditions.h"
#include "passes/python_calls.h"
#include "passes/rewrite_plans.h"
#include "plan/walk.h"

namespace pyrite::passes {
namespace {

using plan::ExpressionPtr;
using plan::RelationPtr;

const char* JoinTypeName(plan::JoinType type) {
  switch (type) {
    case plan::JoinType::kInner: return "INNER";
    case plan::JoinType::kCross: return "CROSS";
    case plan::JoinType::kLeftOuter: return "LEFT OUTER";
    case plan::JoinType::kRightOuter: return "RIGHT OUTER";
    case plan::JoinType::kFullOuter: return "FULL OUTER";
    case plan::JoinType::kLeftSemi: return "LEFT SEMI";
    case plan::JoinType::kLeftAnti: return "LEFT ANTI";
  }
  return "";
}

RelationPtr FilterByPython(const plan::Filter& node) {
  std::vector<ExpressionPtr> plain, python;
  for (const ExpressionPtr& part : ConditionsOf(node.condition)) {
    (CallsPython(*part) ? python : plain).push_back(part);
  }
  RelationPtr rows = Filtered(node.input, plain);
  PythonCalls calls(rows, rows->output, python);
  return OnlyColumns(Filtered(calls.input(), calls.expressions()), node.input->output);
}

// Only rows that all other conditions let pass are asked.
RelationPtr JoinByPython(const RelationPtr& relation) {
  const auto& node = relation->As<plan::Join>();
  if (node.type != plan::JoinType::kInner && node.type != plan::JoinType::kCross) {
    throw SparkError("UNSUPPORTED_FEATURE.PYTHON_UDF_IN_ON_CLAUSE",
                     {{"joinType", JoinTypeName(node.type)}});
  }
  RelationPtr rows =
      plan::MakeJoin(node.left, node.right, plan::JoinType::kCross, nullptr, node.lateral);
  return FilterByPython({rows, node.condition});
}

std::string NamesOf(const plan::NamedExpressions& aggregates) {
  std::string names;
  for (const plan::NamedExpression& item : aggregates) {
    auto* call = item.expression->TryAs<plan::PythonCall>();
    if (call) names += (names.empty() ? "`" : ", `") + call->function->name + "`";
  }
  return names;
}

// The aggregates of one node are Python's or Spark's own.
void CheckAggregates(const plan::Aggregate& node) {
  const plan::PythonFunction* first = nullptr;
  for (const plan::NamedExpression& item : node.aggregates) {
    auto* call = item.expression->TryAs<plan::PythonCall>();
    if (!call) {
      throw SparkError("INVALID_PANDAS_UDF_PLACEMENT",
                       {{"functionList", NamesOf(node.aggregates)}});
    }
    if (first && (first->eval_type != call->function->eval_type || first->runs_alone())) {
      throw errors::UnsupportedFeature("Python aggregates of several kinds in one place");
    }
    first = call->function.get();
  }
  if (!node.grouping_sets.empty()) {
    throw errors::UnsupportedFeature("Python aggregates over grouping sets");
  }
}

RelationPtr OverCalls(const RelationPtr& relation);

// The groups and the arguments as columns, then the aggregates over them.
RelationPtr AggregateByPython(const plan::Aggregate& node) {
  CheckAggregates(node);
  plan::NamedExpressions items = node.groups, calls;
  plan::Columns output;
  for (const plan::NamedExpression& group : node.groups) output.push_back(group.column);
  for (const plan::NamedExpression& item : node.aggregates) {
    calls.push_back(
        {item.column, plan::MapChildren(item.expression, [&](const ExpressionPtr& e) {
           plan::Column column{plan::NextColumnId(), "argument", e->type, e->nullable, ""};
           items.push_back({column, e});
           return plan::MakeRef(column);
         })});
    output.push_back(item.column);
  }
  RelationPtr rows = plan::MakeProject(node.input, std::move(items));
  bool nested = false;
  plan::ForEachExpression(*rows, [&](const ExpressionPtr& e) { nested |= CallsPython(*e); });
  if (nested) rows = OverCalls(rows);
  return plan::MakeRelation(plan::EvalPython{rows, std::move(calls), node.groups.size()},
                            std::move(output));
}

bool HasPythonAggregate(const plan::Relation& relation) {
  auto* node = relation.TryAs<plan::Aggregate>();
  return node && !NamesOf(node->aggregates).empty();
}

// Expressions over the input become expressions over the input with the calls' values.
RelationPtr OverCalls(const RelationPtr& relation) {
  RelationPtr input = plan::InputsOf(*relation).at(0);
  std::vector<ExpressionPtr> expressions;
  plan::ForEachExpression(*relation, [&](const ExpressionPtr& e) { expressions.push_back(e); });
  // A relation that computes all of its columns needs of its input what its expressions name.
  bool computes = relation->kind() == plan::RelationKind::kProject ||
                  relation->kind() == plan::RelationKind::kAggregate;
  PythonCalls calls(input, computes ? plan::Columns() : input->output, expressions);
  size_t at = 0;
  RelationPtr result = plan::MapRelation(
      relation, [&](const RelationPtr&) { return calls.input(); },
      [&](const ExpressionPtr&) { return calls.expressions()[at++]; });
  if (computes) return result;
  return OverWiderInput(relation, result);
}

}  // namespace

RelationPtr ExtractPython(RelationPtr plan) {
  return RewritePlans(plan, [](RelationPtr relation) -> RelationPtr {
    bool calls = false;
    plan::ForEachExpression(*relation,
                            [&](const ExpressionPtr& e) { calls = calls || CallsPython(*e); });
    if (!calls || relation->kind() == plan::RelationKind::kEvalPython) return relation;
    if (HasPythonAggregate(*relation)) return AggregateByPython(relation->As<plan::Aggregate>());
    switch (relation->kind()) {
      case plan::RelationKind::kFilter: return FilterByPython(relation->As<plan::Filter>());
      case plan::RelationKind::kJoin: return JoinByPython(relation);
      case plan::RelationKind::kProject:
      case plan::RelationKind::kAggregate:
      case plan::RelationKind::kWindow:
      case plan::RelationKind::kSort:
      case plan::RelationKind::kGenerate: return OverCalls(relation);
      default: throw errors::UnsupportedFeature("Python functions in this place of a query");
    }
  });
}

}  // namespace pyrite::passes
