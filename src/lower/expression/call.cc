#include "duckdb/parser/expression/operator_expression.hpp"
#include "lower/expression/function_target.h"
#include "lower/expression/operators.h"
#include "lower/lowering.h"
#include "lower/nested_order.h"
#include "lower/type.h"
#include "plan/walk.h"

namespace pyrite::lower {
namespace {

// struct_pack takes its field names from its arguments' names.
AstExpression MakeStruct(AstExpressions values, const DataType& type) {
  duckdb::vector<duckdb::Identifier> names = PhysicalFieldNames(type);
  duckdb::vector<duckdb::FunctionArgument> arguments;
  for (size_t i = 0; i < values.size(); ++i) {
    values[i]->SetAlias(names[i]);
    arguments.emplace_back(names[i], std::move(values[i]));
  }
  return duckdb::make_uniq<duckdb::FunctionExpression>(duckdb::Identifier("struct_pack"),
                                                       std::move(arguments));
}

}  // namespace

bool MayBindToNull(const plan::Expression& e) {
  if (const auto* constant = e.TryAs<plan::Constant>()) return constant->value.is_null();
  const auto is_column = [](const plan::Expression& part) {
    return part.kind() == plan::ExpressionKind::kColumnRef;
  };
  if (is_column(e)) return false;
  bool may = !plan::Any(e, is_column);
  plan::ForEachChild(e,
                     [&](const plan::ExpressionPtr& child) { may = may || MayBindToNull(*child); });
  return may;
}

AstExpression Lowering::LowerCall(const plan::Call& call, const DataType& type) {
  FunctionTarget target = TargetOf(*call.function, call.mode);
  AstExpressions arguments = Lower(call.arguments);
  AstExpression result;
  if (!target.is_kernel) {
    CompareByKeys(target.name, call.arguments, &arguments);
    result = MakeOperator(target.name, arguments);
  }
  if (result == nullptr && target.name == "struct_pack") {
    result = MakeStruct(std::move(arguments), type);
  }
  if (result == nullptr) result = MakeFunction(target.name, std::move(arguments));
  if (call.mode == plan::EvalMode::kTry) {
    result = duckdb::make_uniq<duckdb::OperatorExpression>(duckdb::ExpressionType::OPERATOR_TRY,
                                                           std::move(result));
  }
  bool cast_result = target.cast_result;
  for (const plan::ExpressionPtr& argument : call.arguments) {
    cast_result = cast_result || MayBindToNull(*argument);
  }
  return cast_result ? MakeAstCast(std::move(result), PhysicalType(type)) : std::move(result);
}

}  // namespace pyrite::lower
