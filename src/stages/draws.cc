// Functions that give something else each time they are called.
#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "duckdb/planner/expression/bound_constant_expression.hpp"
#include "duckdb/planner/expression/bound_function_expression.hpp"
#include "duckdb/planner/expression_iterator.hpp"
#include "duckdb/planner/logical_operator_visitor.hpp"
#include "stages/cutter.h"

namespace pyrite::stages {
namespace {

using duckdb::BoundFunctionExpression;

constexpr char kRaise[] = "spark_raise_error";  // volatile so that it does not run too early
// What they give does not depend on the rows before, as that of a seed's draws does.
constexpr std::array<std::string_view, 3> kOfEachRow = {kRaise, "spark_turn", "spark_aes_encrypt"};
// By the first argument.
constexpr std::array<std::string_view, 3> kSeeded = {"spark_rand", "spark_randn", "spark_uuid"};

bool IsOneOf(std::string_view name, std::span<const std::string_view> names) {
  return std::ranges::find(names, name) != names.end();
}

bool HasNoSeed(const BoundFunctionExpression& call) {
  const auto& seed = *call.GetChildren()[0];
  return seed.GetExpressionClass() == duckdb::ExpressionClass::BOUND_CONSTANT &&
         seed.Cast<duckdb::BoundConstantExpression>().GetValue().IsNull();
}

// Whether everything volatile in the expression is a call of a function that passes.
template <typename Test>
bool AllVolatile(const duckdb::Expression& expression, const Test& test) {
  if (!expression.IsVolatile()) return true;
  bool all = true, below = false;
  duckdb::ExpressionIterator::EnumerateChildren(expression, [&](const duckdb::Expression& child) {
    below |= child.IsVolatile();
    all &= AllVolatile(child, test);
  });
  if (expression.GetExpressionClass() != duckdb::ExpressionClass::BOUND_FUNCTION) {
    return all && below;
  }
  const auto& call = expression.Cast<BoundFunctionExpression>();
  bool is_volatile = call.Function().GetStability() == duckdb::FunctionStability::VOLATILE;
  return all && (!is_volatile || test(call, call.Function().GetName().GetIdentifierName()));
}

template <typename Test>
bool AllVolatile(duckdb::LogicalOperator& op, const Test& test) {
  bool all = true;
  duckdb::LogicalOperatorVisitor::EnumerateExpressions(
      op, [&](duckdb::unique_ptr<duckdb::Expression>* root) { all &= AllVolatile(**root, test); });
  return all;
}

}  // namespace

bool HasVolatile(duckdb::LogicalOperator& op) {
  return !AllVolatile(op, [](const BoundFunctionExpression&, std::string_view) { return false; });
}

bool DrawsForEachRow(duckdb::LogicalOperator& op) {
  if (op.type != duckdb::LogicalOperatorType::LOGICAL_PROJECTION &&
      op.type != duckdb::LogicalOperatorType::LOGICAL_FILTER) {
    return false;
  }
  return AllVolatile(op, [](const BoundFunctionExpression& call, std::string_view name) {
    return IsOneOf(name, kOfEachRow) || (IsOneOf(name, kSeeded) && HasNoSeed(call));
  });
}

bool Draws(duckdb::LogicalOperator& plan) {
  bool draws = !AllVolatile(
      plan, [](const BoundFunctionExpression&, std::string_view name) { return name == kRaise; });
  return draws || std::ranges::any_of(plan.children, [](auto& child) { return Draws(*child); });
}

}  // namespace pyrite::stages
