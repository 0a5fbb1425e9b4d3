#include "analyzer/expr/constant.h"

#include <arrow/array.h>
#include <arrow/table.h>

#include "base/value_arrow.h"
#include "plan/walk.h"

namespace pyrite::analyzer {

bool IsFoldable(const plan::Expression& expression) {
  return plan::IsDeterministic(expression) && !plan::Any(expression, [](const plan::Expression& e) {
           using Kind = plan::ExpressionKind;
           return e.kind() == Kind::kColumnRef || e.kind() == Kind::kAggregateCall ||
                  e.kind() == Kind::kWindowCall || e.kind() == Kind::kPythonCall ||
                  plan::SubqueryOf(e) != nullptr;
         });
}

Value ValueOf(const plan::ExpressionPtr& expression, const Analysis& analysis) {
  if (auto* constant = expression->TryAs<plan::Constant>()) return constant->value;
  plan::Column column{plan::NextColumnId(), "value", expression->type, expression->nullable, ""};
  auto row = plan::MakeProject(plan::MakeRelation(plan::OneRow{}, {}), {{column, expression}});
  std::shared_ptr<const arrow::Table> table = analysis.context.run(row);
  for (const auto& chunk : table->column(0)->chunks()) {
    if (chunk->length() > 0) return ValueFromArrow(*chunk, 0, expression->type);
  }
  return {};
}

}  // namespace pyrite::analyzer
