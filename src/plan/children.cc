// Children of expressions: visiting and rebuilding. The one place that lists each node's parts.

#include "plan/walk.h"

namespace pyrite::plan {
namespace {

using Visit = std::function<void(const ExpressionPtr&)>;
using Map = std::function<ExpressionPtr(const ExpressionPtr&)>;

template <typename List, typename F>
void All(List& list, F& slot) {
  for (auto& item : list) slot(item);
}
template <typename Keys, typename F>
void KeySlots(Keys& keys, F& slot) {
  for (auto& key : keys) slot(key.child);
}

template <typename E, typename F>
void ForSlots(E& expression, F slot) {
  switch (expression.kind()) {
    case ExpressionKind::kConstant:
    case ExpressionKind::kColumnRef:
    case ExpressionKind::kScalarSubquery:
    case ExpressionKind::kExistsSubquery: return;
    case ExpressionKind::kCall: return All(std::get<Call>(expression.node).arguments, slot);
    case ExpressionKind::kPythonCall:
      return All(std::get<PythonCall>(expression.node).arguments, slot);
    case ExpressionKind::kAggregateCall: {
      auto& node = std::get<AggregateCall>(expression.node);
      All(node.arguments, slot);
      slot(node.filter);
      return KeySlots(node.order_by, slot);
    }
    case ExpressionKind::kWindowCall: {
      auto& node = std::get<WindowCall>(expression.node);
      All(node.arguments, slot);
      slot(node.filter);
      All(node.partition_by, slot);
      KeySlots(node.order_by, slot);
      slot(node.lower.offset);
      return slot(node.upper.offset);
    }
    case ExpressionKind::kCast: return slot(std::get<Cast>(expression.node).child);
    case ExpressionKind::kCase: {
      auto& node = std::get<Case>(expression.node);
      for (auto& branch : node.branches) {
        slot(branch.first);
        slot(branch.second);
      }
      return slot(node.otherwise);
    }
    case ExpressionKind::kGetField: return slot(std::get<GetField>(expression.node).child);
    case ExpressionKind::kLambda: return slot(std::get<Lambda>(expression.node).body);
    case ExpressionKind::kInSubquery:
      return All(std::get<InSubquery>(expression.node).values, slot);
  }
}

}  // namespace

void ForEachChild(const Expression& expression, const Visit& visit) {
  ForSlots(expression, [&](const ExpressionPtr& child) {
    if (child) visit(child);
  });
}

ExpressionPtr MapChildren(const ExpressionPtr& expression, const Map& map) {
  bool changed = false;
  std::vector<ExpressionPtr> mapped;
  ForSlots(*expression, [&](const ExpressionPtr& child) {
    mapped.push_back(child ? map(child) : nullptr);
    changed |= mapped.back() != child;
  });
  if (!changed) return expression;
  auto copy = std::make_shared<Expression>(*expression);
  size_t at = 0;
  ForSlots(*copy, [&](ExpressionPtr& child) { child = std::move(mapped[at++]); });
  return copy;
}

ExpressionPtr Rewrite(const ExpressionPtr& expression, const Map& replace) {
  if (ExpressionPtr replaced = replace(expression)) return replaced;
  return MapChildren(expression,
                     [&](const ExpressionPtr& child) { return Rewrite(child, replace); });
}

bool IsAggregate(const Expression& expression) {
  auto* call = expression.TryAs<PythonCall>();
  return call ? call->function->is_aggregate()
              : expression.kind() == ExpressionKind::kAggregateCall;
}

bool IsDeterministic(const Expression& expression) {
  return !Any(expression, [](const Expression& e) {
    if (auto* python = e.TryAs<PythonCall>()) return !python->function->deterministic;
    auto* call = e.TryAs<Call>();
    return call != nullptr && !functions::IsDeterministic(*call->function);
  });
}

bool Any(const Expression& expression, const std::function<bool(const Expression&)>& test) {
  if (test(expression)) return true;
  bool found = false;
  ForEachChild(expression, [&](const ExpressionPtr& child) {
    if (!found) found = Any(*child, test);
  });
  return found;
}

RelationPtr SubqueryOf(const Expression& expression) {
  if (auto* scalar = expression.TryAs<ScalarSubquery>()) return scalar->plan;
  if (auto* in = expression.TryAs<InSubquery>()) return in->plan;
  if (auto* exists = expression.TryAs<ExistsSubquery>()) return exists->plan;
  return nullptr;
}

}  // namespace pyrite::plan
