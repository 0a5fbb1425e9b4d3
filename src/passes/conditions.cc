#include "passes/conditions.h"

namespace pyrite::passes {
namespace {

void Split(const plan::ExpressionPtr& condition, std::vector<plan::ExpressionPtr>& parts) {
  auto* call = condition->TryAs<plan::Call>();
  if (call && std::string(functions::NameOf(*call->function)) == "and") {
    for (const plan::ExpressionPtr& argument : call->arguments) Split(argument, parts);
  } else {
    parts.push_back(condition);
  }
}

}  // namespace

std::vector<plan::ExpressionPtr> ConditionsOf(const plan::ExpressionPtr& condition) {
  std::vector<plan::ExpressionPtr> parts;
  Split(condition, parts);
  return parts;
}

plan::RelationPtr Filtered(plan::RelationPtr input,
                           const std::vector<plan::ExpressionPtr>& conditions) {
  for (const plan::ExpressionPtr& condition : conditions) {
    input = plan::MakeFilter(std::move(input), condition);
  }
  return input;
}

}  // namespace pyrite::passes
