#include "analyzer/query/extract_windows.h"

#include "functions/registry.h"
#include "plan/walk.h"

namespace pyrite::analyzer {
namespace {

bool SameWindow(const plan::WindowCall& left, const plan::WindowCall& right) {
  if (left.partition_by.size() != right.partition_by.size()) return false;
  if (left.order_by.size() != right.order_by.size()) return false;
  for (size_t i = 0; i < left.partition_by.size(); ++i) {
    if (!plan::Equal(*left.partition_by[i], *right.partition_by[i])) return false;
  }
  for (size_t i = 0; i < left.order_by.size(); ++i) {
    const plan::SortKey &a = left.order_by[i], &b = right.order_by[i];
    if (a.ascending != b.ascending || a.nulls_first != b.nulls_first) return false;
    if (!plan::Equal(*a.child, *b.child)) return false;
  }
  return true;
}

// The calls found so far, those over the same window together.
class Windows {
 public:
  plan::ExpressionPtr Add(const plan::ExpressionPtr& call) {
    if (auto found = made_.find(call); found != made_.end()) return plan::MakeRef(found->second);
    auto& node = call->As<plan::WindowCall>();
    std::string name = node.function ? functions::NameOf(*node.function) : "window";
    plan::Column column{plan::NextColumnId(), name, call->type, call->nullable, ""};
    made_.emplace(call, column);
    GroupFor(node).push_back({column, call});
    return plan::MakeRef(column);
  }

  plan::RelationPtr Over(plan::RelationPtr input) {
    for (plan::NamedExpressions& group : groups_) {
      input = plan::MakeWindow(std::move(input), std::move(group));
    }
    return input;
  }

 private:
  plan::NamedExpressions& GroupFor(const plan::WindowCall& node) {
    for (plan::NamedExpressions& group : groups_) {
      if (SameWindow(group[0].expression->As<plan::WindowCall>(), node)) return group;
    }
    return groups_.emplace_back();
  }

  plan::ExpressionMap<plan::Column> made_;
  std::vector<plan::NamedExpressions> groups_;
};

}  // namespace

namespace {

bool IsWindow(const plan::Expression& e) { return e.kind() == plan::ExpressionKind::kWindowCall; }

// The calls in the arguments of others are made first.
plan::RelationPtr ExtractInner(plan::RelationPtr input, plan::NamedExpressions& items) {
  Windows inner;
  auto take = [&](const plan::ExpressionPtr& e) -> plan::ExpressionPtr {
    return IsWindow(*e) ? inner.Add(e) : nullptr;
  };
  for (plan::NamedExpression& item : items) {
    item.expression =
        plan::Rewrite(item.expression, [&](const plan::ExpressionPtr& e) -> plan::ExpressionPtr {
          if (!IsWindow(*e)) return nullptr;
          return plan::MapChildren(
              e, [&](const plan::ExpressionPtr& child) { return plan::Rewrite(child, take); });
        });
  }
  return inner.Over(std::move(input));
}

}  // namespace

plan::RelationPtr ExtractWindows(plan::RelationPtr input, plan::NamedExpressions& items) {
  input = ExtractInner(std::move(input), items);
  Windows windows;
  for (plan::NamedExpression& item : items) {
    item.expression =
        plan::Rewrite(item.expression, [&](const plan::ExpressionPtr& e) -> plan::ExpressionPtr {
          return e->kind() == plan::ExpressionKind::kWindowCall ? windows.Add(e) : nullptr;
        });
  }
  return windows.Over(std::move(input));
}

}  // namespace pyrite::analyzer
