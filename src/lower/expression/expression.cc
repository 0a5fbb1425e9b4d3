#include <algorithm>

#include "base/errors.h"
#include "duckdb/parser/expression/case_expression.hpp"
#include "duckdb/parser/expression/lambda_expression.hpp"
#include "lower/constant.h"
#include "lower/lowering.h"
#include "lower/type.h"
#include "plan/walk.h"

namespace pyrite::lower {

namespace {

bool HasEmptyStruct(const DataType& type) {
  switch (type.kind()) {
    case TypeKind::kArray: return HasEmptyStruct(type.element());
    case TypeKind::kMap: return HasEmptyStruct(type.key()) || HasEmptyStruct(type.value());
    case TypeKind::kStruct:
      return type.fields().empty() ||
             std::ranges::any_of(type.fields(), [](const StructField& field) {
               return HasEmptyStruct(field.type);
             });
    default: return false;
  }
}

// They pass, but kernels do not know their form.
void RefuseEmptyStructs(const plan::Expression& node) {
  plan::ForEachChild(node, [](const plan::ExpressionPtr& child) {
    if (child->type.IsNested() && HasEmptyStruct(child->type)) {
      throw errors::UnsupportedFeature("structs without fields in expressions");
    }
  });
}

}  // namespace

AstExpression Lowering::Lower(const plan::ExpressionPtr& expression) {
  const plan::Expression& node = *expression;
  RefuseEmptyStructs(node);
  switch (node.kind()) {
    case plan::ExpressionKind::kConstant:
      // struct(), which DuckDB carries as true
      if (node.type.Is(TypeKind::kStruct) && node.type.fields().empty() &&
          !node.As<plan::Constant>().value.is_null()) {
        return LowerConstant(Value(true), DataType::Boolean());
      }
      return LowerConstant(node.As<plan::Constant>().value, node.type);
    case plan::ExpressionKind::kColumnRef: return MakeColumn(node.As<plan::ColumnRef>().id);
    case plan::ExpressionKind::kCall: return LowerCall(node.As<plan::Call>(), node.type);
    case plan::ExpressionKind::kAggregateCall:
      return LowerAggregateCall(node.As<plan::AggregateCall>(), node.type);
    case plan::ExpressionKind::kWindowCall:
      return LowerWindowCall(node.As<plan::WindowCall>(), node.type);
    case plan::ExpressionKind::kCast: return LowerCast(node.As<plan::Cast>(), node.type);
    case plan::ExpressionKind::kCase: return LowerCase(node.As<plan::Case>());
    case plan::ExpressionKind::kGetField: return LowerGetField(node.As<plan::GetField>());
    case plan::ExpressionKind::kLambda: return LowerLambda(node.As<plan::Lambda>());
    case plan::ExpressionKind::kPythonCall:
      throw errors::Internal("a call of a Python function outside of EvalPython");
    case plan::ExpressionKind::kScalarSubquery:
      return LowerScalarSubquery(node.As<plan::ScalarSubquery>());
    case plan::ExpressionKind::kInSubquery: return LowerInSubquery(node.As<plan::InSubquery>());
    case plan::ExpressionKind::kExistsSubquery:
      return LowerExistsSubquery(node.As<plan::ExistsSubquery>());
  }
  throw errors::Internal("an expression of an unknown kind");
}

AstExpressions Lowering::Lower(const plan::Expressions& expressions) {
  AstExpressions lowered;
  lowered.reserve(expressions.size());
  for (const plan::ExpressionPtr& expression : expressions) lowered.push_back(Lower(expression));
  return lowered;
}

AstExpression Lowering::LowerCase(const plan::Case& node) {
  auto result = duckdb::make_uniq<duckdb::CaseExpression>();
  for (const auto& [condition, value] : node.branches) {
    duckdb::CaseCheck check;
    check.when_expr = Lower(condition);
    check.then_expr = Lower(value);
    result->CaseChecksMutable().push_back(std::move(check));
  }
  result->ElseMutable() =
      node.otherwise == nullptr ? duckdb::ConstantExpression::Null() : Lower(node.otherwise);
  return result;
}

AstExpression Lowering::LowerGetField(const plan::GetField& node) {
  const DataType& type = node.child->type;
  if (!type.Is(TypeKind::kStruct)) {
    throw errors::UnsupportedFeature("a field of every struct in an array");
  }
  return MakeFunction("struct_extract", Lower(node.child),
                      duckdb::ConstantExpression::String(
                          PhysicalFieldNames(type)[node.ordinal].GetIdentifierName()));
}

AstExpression Lowering::LowerLambda(const plan::Lambda& node) {
  duckdb::vector<std::string> parameters;
  for (const plan::Column& parameter : node.parameters) {
    parameters.push_back(ColumnName(parameter.id).GetIdentifierName());
  }
  return duckdb::make_uniq<duckdb::LambdaExpression>(std::move(parameters), Lower(node.body));
}

}  // namespace pyrite::lower
