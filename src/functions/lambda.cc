#include "functions/lambda.h"

#include <unordered_map>

#include "base/errors.h"
#include "plan/walk.h"

namespace pyrite::functions {

using plan::ExpressionPtr;
using plan::Expressions;

const plan::Lambda& LambdaOf(const ExpressionPtr& argument) {
  const auto* lambda = argument->TryAs<plan::Lambda>();
  if (lambda == nullptr) throw errors::UnsupportedFeature("a lambda function that is a value");
  return *lambda;
}

ExpressionPtr Apply(const plan::Lambda& lambda, const Expressions& values) {
  std::unordered_map<plan::ColumnId, ExpressionPtr> replacements;
  for (size_t i = 0; i < lambda.parameters.size(); ++i) {
    replacements[lambda.parameters[i].id] = values[i];
  }
  return plan::Rewrite(lambda.body, [&](const ExpressionPtr& e) -> ExpressionPtr {
    const auto* column = e->TryAs<plan::ColumnRef>();
    if (column == nullptr) return nullptr;
    auto found = replacements.find(column->id);
    return found == replacements.end() ? nullptr : found->second;
  });
}

plan::Column Parameter(const char* name, const DataType& type, bool nullable) {
  return {plan::NextColumnId(), name, type, nullable, ""};
}

ExpressionPtr MakeLambda(plan::Columns parameters, const ExpressionPtr& body) {
  return plan::Make(plan::Lambda{std::move(parameters), body}, body->type, body->nullable);
}

ExpressionPtr Field(const ExpressionPtr& value, int32_t ordinal) {
  const StructField& field = value->type.fields()[ordinal];
  return plan::Make(plan::GetField{value, ordinal}, field.type, field.nullable);
}

ExpressionPtr Pack(const DataType& type, Expressions values, const CallContext& context) {
  return Native("struct_pack", std::move(values), type, false, context);
}

ExpressionPtr NullWithAny(const Expressions& arguments, ExpressionPtr value,
                          const CallContext& context) {
  for (const ExpressionPtr& argument : arguments) {
    if (!argument->nullable) continue;
    ExpressionPtr null = Native("isnull", {argument}, DataType::Boolean(), false, context);
    value = CallFunction("if", {null, NullConstant(value->type), value}, context);
  }
  return value;
}

}  // namespace pyrite::functions
