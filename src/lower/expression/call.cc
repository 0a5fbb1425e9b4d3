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

// What binding can know of an expression.
struct Folding {
  bool varies = false;  // with the columns
  bool may_be_null = false;
};

Folding FoldingOf(const plan::Expression& e) {
  if (const auto* constant = e.TryAs<plan::Constant>()) return {false, constant->value.is_null()};
  if (e.kind() == plan::ExpressionKind::kColumnRef) return {true, false};
  Folding folding;
  plan::ForEachChild(e, [&](const plan::ExpressionPtr& child) {
    Folding part = FoldingOf(*child);
    folding.varies |= part.varies;
    folding.may_be_null |= part.may_be_null;
  });
  folding.may_be_null |= !folding.varies;
  return folding;
}

}  // namespace

bool MayBindToNull(const plan::Expression& e) { return FoldingOf(e).may_be_null; }

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
