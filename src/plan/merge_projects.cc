#include "plan/merge_projects.h"

#include <unordered_map>

#include "plan/walk.h"

namespace pyrite::plan {
namespace {

// The engine computes equal subexpressions of a projection once, so small ones may be repeated.
constexpr size_t kMaxRepeatedSize = 16;

bool IsCheap(const Expression& expression) {
  if (auto* field = expression.TryAs<GetField>()) return IsCheap(*field->child);
  return expression.kind() == ExpressionKind::kColumnRef ||
         expression.kind() == ExpressionKind::kConstant;
}

}  // namespace

bool MayRepeat(const Expression& expression, size_t size) {
  if (IsCheap(expression)) return true;
  if (size > kMaxRepeatedSize) return false;
  return IsDeterministic(expression) && !Any(expression, [](const Expression& e) {
           return SubqueryOf(e) != nullptr || e.kind() == ExpressionKind::kPythonCall;
         });
}

size_t SizeOf(const Expression& expression) {
  size_t size = 1;
  ForEachChild(expression, [&](const ExpressionPtr& child) { size += SizeOf(*child); });
  return size;
}

namespace {

class Merger {
 public:
  explicit Merger(const Project& below) {
    items_.reserve(below.expressions.size());
    for (const NamedExpression& item : below.expressions) {
      items_.emplace(item.column.id, Item{item.expression.get(), &item.expression, 0, 0});
    }
  }

  bool MayMerge(const NamedExpressions& above) {
    for (const NamedExpression& item : above) {
      if (!Count(*item.expression)) return false;
    }
    for (auto& [id, item] : items_) {
      if (item.uses > 1 && !MayRepeat(*item.expression, ItemSize(item))) return false;
    }
    for (const NamedExpression& item : above) {
      bool is_reference = item.expression->kind() == ExpressionKind::kColumnRef;
      if (!is_reference && MergedSize(*item.expression) > kMaxMergedSize) return false;
    }
    return true;
  }

  ExpressionPtr Merge(const ExpressionPtr& expression) const {
    return Rewrite(expression, [&](const ExpressionPtr& e) -> ExpressionPtr {
      const Item* item = Find(*e);
      return item ? *item->pointer : nullptr;
    });
  }

 private:
  struct Item {
    const Expression* expression;
    const ExpressionPtr* pointer;
    size_t uses;
    size_t size;  // 0: not yet known
  };

  const Item* Find(const Expression& e) const {
    auto* ref = e.TryAs<ColumnRef>();
    if (!ref) return nullptr;
    auto found = items_.find(ref->id);
    return found == items_.end() ? nullptr : &found->second;
  }

  // False when the expression holds a subquery: columns inside its plan would have to change too.
  bool Count(const Expression& e) {
    return !Any(e, [&](const Expression& part) {
      if (auto* item = const_cast<Item*>(Find(part))) ++item->uses;
      return SubqueryOf(part) != nullptr;
    });
  }

  size_t ItemSize(Item& item) {
    if (item.size == 0) item.size = SizeOf(*item.expression);
    return item.size;
  }

  size_t MergedSize(const Expression& e) {
    if (auto* item = const_cast<Item*>(Find(e))) return ItemSize(*item);
    size_t size = 1;
    ForEachChild(e, [&](const ExpressionPtr& child) { size += MergedSize(*child); });
    return size;
  }

  std::unordered_map<ColumnId, Item> items_;
};

}  // namespace

RelationPtr MakeMergedProject(RelationPtr input, NamedExpressions expressions) {
  auto* below = input->TryAs<Project>();
  if (!below) return MakeProject(std::move(input), std::move(expressions));
  Merger merger(*below);
  if (!merger.MayMerge(expressions)) return MakeProject(std::move(input), std::move(expressions));
  for (NamedExpression& item : expressions) item.expression = merger.Merge(item.expression);
  return MakeProject(below->input, std::move(expressions));
}

}  // namespace pyrite::plan
