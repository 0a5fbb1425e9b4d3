#include "passes/python_calls.h"

#include <algorithm>
#include <unordered_set>

#include "base/error.h"
#include "plan/walk.h"

namespace pyrite::passes {
namespace {

using plan::ExpressionPtr;

bool IsCall(const plan::Expression& e) { return e.kind() == plan::ExpressionKind::kPythonCall; }

// A call none of whose arguments calls Python.
bool IsInnermost(const plan::Expression& e) {
  if (!IsCall(e)) return false;
  bool nested = false;
  plan::ForEachChild(
      e, [&](const ExpressionPtr& child) { nested = nested || plan::Any(*child, IsCall); });
  return !nested;
}

}  // namespace

bool CallsPython(const plan::Expression& expression) {
  bool calls = false;
  plan::Any(expression, [&](const plan::Expression& e) {
    calls = calls || IsCall(e);
    auto* lambda = e.TryAs<plan::Lambda>();
    if (!lambda) return false;
    plan::Any(*lambda->body, [](const plan::Expression& inner) {
      if (!IsCall(inner)) return false;
      throw SparkError("UNSUPPORTED_FEATURE.LAMBDA_FUNCTION_WITH_PYTHON_UDF",
                       {{"funcName", "\"" + plan::Print(inner) + "\""}});
    });
    return false;
  });
  return calls;
}

PythonCalls::PythonCalls(plan::RelationPtr input, const plan::Columns& passing,
                         std::vector<ExpressionPtr> expressions)
    : input_(std::move(input)), expressions_(std::move(expressions)) {
  Narrow(passing);
  while (TakeOut()) {
  }
}

void PythonCalls::Narrow(const plan::Columns& passing) {
  std::unordered_set<plan::ColumnId> needed;
  for (const plan::Column& column : passing) needed.insert(column.id);
  bool has_subquery = false;
  for (const ExpressionPtr& expression : expressions_) {
    plan::Any(*expression, [&](const plan::Expression& e) {
      if (auto* ref = e.TryAs<plan::ColumnRef>()) needed.insert(ref->id);
      has_subquery = has_subquery || plan::SubqueryOf(e) != nullptr;
      return false;
    });
  }
  if (has_subquery) return;  // which may name any of them
  plan::NamedExpressions items;
  for (const plan::Column& column : input_->output) {
    if (needed.contains(column.id)) items.push_back({column, plan::MakeRef(column)});
  }
  if (items.size() < input_->output.size()) {
    input_ = plan::MakeProject(input_, std::move(items));
  }
}

bool PythonCalls::TakeOut() {
  plan::ExpressionMap<plan::Column> columns;
  plan::NamedExpressions calls;
  auto replace = [&](const ExpressionPtr& e) -> ExpressionPtr {
    if (!IsInnermost(*e)) return nullptr;
    const plan::PythonFunction& function = *e->As<plan::PythonCall>().function;
    if (auto known = columns.find(e); known != columns.end()) return plan::MakeRef(known->second);
    if (!calls.empty()) {
      const auto& first = *calls[0].expression->As<plan::PythonCall>().function;
      if (first.eval_type != function.eval_type || function.runs_alone()) return e;
    }
    plan::Column column{plan::NextColumnId(), function.name, e->type, true, ""};
    calls.push_back({column, e});
    columns.emplace(e, column);
    return plan::MakeRef(column);
  };
  for (ExpressionPtr& expression : expressions_) expression = plan::Rewrite(expression, replace);
  if (calls.empty()) return false;
  plan::Columns output = input_->output;
  for (const plan::NamedExpression& call : calls) output.push_back(call.column);
  input_ = plan::MakeRelation(plan::EvalPython{input_, std::move(calls)}, std::move(output));
  return true;
}

bool RunsPython(const plan::Relation& plan) {
  if (plan.kind() == plan::RelationKind::kEvalPython) return true;
  if (plan.kind() == plan::RelationKind::kMapPython) return true;
  return std::ranges::any_of(plan::InputsOf(plan),
                             [](const plan::RelationPtr& input) { return RunsPython(*input); });
}

}  // namespace pyrite::passes
