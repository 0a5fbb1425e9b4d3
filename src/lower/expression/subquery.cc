#include "duckdb/parser/expression/subquery_expression.hpp"
#include "lower/lowering.h"

namespace pyrite::lower {
namespace {

duckdb::unique_ptr<duckdb::SubqueryExpression> MakeSubqueryExpression(AstQuery query,
                                                                      duckdb::SubqueryType type) {
  auto node = duckdb::make_uniq<duckdb::SubqueryExpression>();
  node->GetSubqueryTypeMutable() = type;
  node->SubqueryMutable() = MakeStatement(std::move(query));
  return node;
}

}  // namespace

AstExpression Lowering::LowerScalarSubquery(const plan::ScalarSubquery& node) {
  return MakeSubqueryExpression(LowerQuery(node.plan), duckdb::SubqueryType::SCALAR);
}

AstExpression Lowering::LowerInSubquery(const plan::InSubquery& node) {
  auto result = MakeSubqueryExpression(LowerQuery(node.plan), duckdb::SubqueryType::ANY);
  result->GetComparisonTypeMutable() = duckdb::ExpressionType::COMPARE_EQUAL;
  AstExpressions values = Lower(node.values);
  result->GetChildMutable() =
      values.size() == 1 ? std::move(values.front()) : MakeFunction("row", std::move(values));
  return result;
}

AstExpression Lowering::LowerExistsSubquery(const plan::ExistsSubquery& node) {
  return MakeSubqueryExpression(LowerQuery(node.plan), duckdb::SubqueryType::EXISTS);
}

}  // namespace pyrite::lower
