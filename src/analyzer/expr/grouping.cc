#include "analyzer/expr/grouping.h"

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "plan/walk.h"

namespace pyrite::analyzer {
namespace {

const functions::Function kGrouping{.name = "grouping", .signatures = "", .means = {}};
const functions::Function kGroupingId{.name = "grouping_id", .signatures = "", .means = {}};

std::string ListOf(const plan::Expressions& expressions) {
  std::string out;
  for (const plan::ExpressionPtr& e : expressions) {
    out += (out.empty() ? "" : ", ") + plan::Print(*e);
  }
  return out;
}

size_t IndexOf(const plan::Expression& argument, const plan::Expressions& groups) {
  for (size_t i = 0; i < groups.size(); ++i) {
    if (plan::Equal(argument, *groups[i])) return i;
  }
  throw errors::GroupingMismatch(plan::Print(argument), ListOf(groups));
}

plan::ExpressionPtr Bit(size_t index, size_t group_count, const plan::Column& grouping_id,
                        const Analysis& analysis) {
  plan::ExpressionPtr id = plan::MakeRef(grouping_id);
  int64_t divisor = int64_t{1} << (group_count - 1 - index);
  if (divisor > 1) {
    id = CallFunction("div", {id, plan::MakeConstant(Literal::Long(divisor))}, analysis);
  }
  return CallFunction("%", {id, plan::MakeConstant(Literal::Long(2))}, analysis);
}

plan::ExpressionPtr NotNull(plan::ExpressionPtr expression) {
  auto copy = std::make_shared<plan::Expression>(*expression);
  copy->nullable = false;
  return copy;
}

}  // namespace

bool IsGroupingFunction(const std::string& folded_name) {
  return folded_name == "grouping" || folded_name == "grouping_id";
}

plan::ExpressionPtr ResolveGroupingFunction(const spec::UnresolvedFunction& node,
                                            const std::string& folded_name, Environment& names) {
  bool single = folded_name == "grouping";
  if (single && node.arguments.size() != 1) {
    throw errors::WrongNumArgs("grouping", "1", node.arguments.size());
  }
  plan::Expressions arguments;
  for (const spec::ExpressionPtr& argument : node.arguments) {
    arguments.push_back(ResolveExpression(*argument, names));
  }
  plan::Call call{single ? &kGrouping : &kGroupingId, std::move(arguments), {}};
  return plan::Make(std::move(call), single ? DataType::Byte() : DataType::Long(), false);
}

bool IsGroupingCall(const plan::Expression& expression) {
  auto* call = expression.TryAs<plan::Call>();
  return call && (call->function == &kGrouping || call->function == &kGroupingId);
}

void CheckNoGrouping(const plan::Expression& expression) {
  if (plan::Any(expression, IsGroupingCall)) throw errors::UnsupportedGrouping();
}

plan::ExpressionPtr GroupingBits(const plan::Expression& expression,
                                 const plan::Expressions& groups, const plan::Column& grouping_id,
                                 const Analysis& analysis) {
  auto& call = expression.As<plan::Call>();
  if (call.function == &kGrouping) {
    plan::ExpressionPtr bit =
        Bit(IndexOf(*call.arguments[0], groups), groups.size(), grouping_id, analysis);
    return NotNull(plan::MakeCast(NotNull(bit), DataType::Byte(), plan::EvalMode::kAnsi));
  }
  if (call.arguments.empty()) return plan::MakeRef(grouping_id);
  // Only all groups in their order may be given: that is the id itself.
  bool same = call.arguments.size() == groups.size();
  for (size_t i = 0; same && i < groups.size(); ++i) {
    same = plan::Equal(*call.arguments[i], *groups[i]);
  }
  if (!same) throw errors::GroupingIdMismatch(ListOf(call.arguments), ListOf(groups));
  return plan::MakeRef(grouping_id);
}

}  // namespace pyrite::analyzer
