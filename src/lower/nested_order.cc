#include "lower/nested_order.h"

#include <set>

namespace pyrite::lower {

AstExpression OrderKey(AstExpression value, const DataType& type) {
  return type.IsNested() ? MakeFunction("spark_sort_key", std::move(value)) : std::move(value);
}

void CompareByKeys(const std::string& operation, const plan::Expressions& arguments,
                   AstExpressions* lowered) {
  static const std::set<std::string> ordering = {"<", "<=", ">", ">=", "between"};
  if (!ordering.contains(operation)) return;
  for (size_t i = 0; i < lowered->size(); ++i) {
    (*lowered)[i] = OrderKey(std::move((*lowered)[i]), arguments[i]->type);
  }
}

std::string ExtremeByKeys(const std::string& aggregate, const plan::Expressions& arguments,
                          AstExpressions* lowered) {
  if ((aggregate == "min" || aggregate == "max") && arguments[0]->type.IsNested()) {
    lowered->push_back(OrderKey((*lowered)[0]->Copy(), arguments[0]->type));
    return "arg_" + aggregate;
  }
  if (aggregate.starts_with("arg_m")) {
    (*lowered)[1] = OrderKey(std::move((*lowered)[1]), arguments[1]->type);
  }
  return aggregate;
}

}  // namespace pyrite::lower
