#include "lower/expression/operators.h"

#include <unordered_map>

#include "duckdb/parser/expression/between_expression.hpp"
#include "duckdb/parser/expression/case_expression.hpp"
#include "duckdb/parser/expression/comparison_expression.hpp"
#include "duckdb/parser/expression/conjunction_expression.hpp"
#include "duckdb/parser/expression/operator_expression.hpp"

namespace pyrite::lower {
namespace {

using duckdb::ExpressionType;

enum class Shape : uint8_t { kComparison, kConjunction, kOperator, kBetween, kIf };

struct Operator {
  Shape shape;
  ExpressionType type;
};

const std::unordered_map<std::string, Operator>& Operators() {
  static const auto* operators = new std::unordered_map<std::string, Operator>{
      {"=", {Shape::kComparison, ExpressionType::COMPARE_EQUAL}},
      {"==", {Shape::kComparison, ExpressionType::COMPARE_EQUAL}},
      {"<>", {Shape::kComparison, ExpressionType::COMPARE_NOTEQUAL}},
      {"!=", {Shape::kComparison, ExpressionType::COMPARE_NOTEQUAL}},
      {"<", {Shape::kComparison, ExpressionType::COMPARE_LESSTHAN}},
      {"<=", {Shape::kComparison, ExpressionType::COMPARE_LESSTHANOREQUALTO}},
      {">", {Shape::kComparison, ExpressionType::COMPARE_GREATERTHAN}},
      {">=", {Shape::kComparison, ExpressionType::COMPARE_GREATERTHANOREQUALTO}},
      {"<=>", {Shape::kComparison, ExpressionType::COMPARE_NOT_DISTINCT_FROM}},
      {"and", {Shape::kConjunction, ExpressionType::CONJUNCTION_AND}},
      {"or", {Shape::kConjunction, ExpressionType::CONJUNCTION_OR}},
      {"not", {Shape::kOperator, ExpressionType::OPERATOR_NOT}},
      {"isnull", {Shape::kOperator, ExpressionType::OPERATOR_IS_NULL}},
      {"isnotnull", {Shape::kOperator, ExpressionType::OPERATOR_IS_NOT_NULL}},
      {"in", {Shape::kOperator, ExpressionType::COMPARE_IN}},
      {"coalesce", {Shape::kOperator, ExpressionType::OPERATOR_COALESCE}},
      {"between", {Shape::kBetween, ExpressionType::COMPARE_BETWEEN}},
      {"if", {Shape::kIf, ExpressionType::CASE_EXPR}},
  };
  return *operators;
}

// Chains of AND and OR become one wide node: they can be thousands long, and depth is limited.
AstExpression MakeConjunction(ExpressionType type, AstExpressions arguments) {
  AstExpressions flat;
  for (AstExpression& argument : arguments) {
    if (argument->GetExpressionType() == type) {
      auto& inner = argument->Cast<duckdb::ConjunctionExpression>().GetChildrenMutable();
      for (AstExpression& child : inner) flat.push_back(std::move(child));
    } else {
      flat.push_back(std::move(argument));
    }
  }
  return duckdb::make_uniq<duckdb::ConjunctionExpression>(type, std::move(flat));
}

AstExpression MakeIf(AstExpressions arguments) {
  auto node = duckdb::make_uniq<duckdb::CaseExpression>();
  duckdb::CaseCheck check;
  check.when_expr = std::move(arguments[0]);
  check.then_expr = std::move(arguments[1]);
  node->CaseChecksMutable().push_back(std::move(check));
  node->ElseMutable() = std::move(arguments[2]);
  return node;
}

}  // namespace

AstExpression MakeOperator(const std::string& name, AstExpressions& arguments) {
  auto found = Operators().find(name);
  if (found == Operators().end()) return nullptr;
  switch (found->second.shape) {
    case Shape::kComparison:
      return duckdb::make_uniq<duckdb::ComparisonExpression>(
          found->second.type, std::move(arguments[0]), std::move(arguments[1]));
    case Shape::kConjunction: return MakeConjunction(found->second.type, std::move(arguments));
    case Shape::kOperator:
      return duckdb::make_uniq<duckdb::OperatorExpression>(found->second.type,
                                                           std::move(arguments));
    case Shape::kBetween:
      return duckdb::make_uniq<duckdb::BetweenExpression>(
          std::move(arguments[0]), std::move(arguments[1]), std::move(arguments[2]));
    case Shape::kIf: return MakeIf(std::move(arguments));
  }
  return nullptr;
}

}  // namespace pyrite::lower
