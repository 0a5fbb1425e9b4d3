#include "passes/order_limited_windows.h"

#include <string_view>

#include "passes/rewrite_plans.h"
#include "plan/walk.h"

namespace pyrite::passes {
namespace {

using plan::RelationPtr;

bool IsOrderable(const DataType& type) {
  return !type.Is(TypeKind::kMap) && !type.Is(TypeKind::kVariant) &&
         !type.Is(TypeKind::kCalendarInterval);
}

// The window's rows in order; null when it has no partitions.
RelationPtr Ordered(const RelationPtr& window) {
  const plan::NamedExpressions& calls = window->As<plan::Window>().expressions;
  auto& call = calls.at(0).expression->As<plan::WindowCall>();
  std::vector<plan::SortKey> keys;
  for (const plan::ExpressionPtr& key : call.partition_by) {
    if (!IsOrderable(key->type)) return nullptr;
    keys.push_back({key, true, true});
  }
  if (keys.empty()) return nullptr;
  keys.insert(keys.end(), call.order_by.begin(), call.order_by.end());
  // Equal rows stand in the order in which they were numbered.
  for (const plan::NamedExpression& item : calls) {
    auto* function = item.expression->As<plan::WindowCall>().function;
    if (function && std::string_view(functions::NameOf(*function)) == "row_number") {
      keys.push_back({plan::MakeRef(item.column), true, true});
    }
  }
  return plan::MakeSort(window, std::move(keys));
}

// The relation with the windows that it only projects put in order; null when there are none.
RelationPtr OrderWindows(const RelationPtr& relation) {
  if (relation->kind() == plan::RelationKind::kWindow) return Ordered(relation);
  auto* project = relation->TryAs<plan::Project>();
  if (!project) return nullptr;
  RelationPtr below = OrderWindows(project->input);
  return below ? plan::MakeRelation(plan::Project{std::move(below), project->expressions},
                                    relation->output)
               : nullptr;
}

}  // namespace

RelationPtr OrderLimitedWindows(RelationPtr plan) {
  return RewritePlans(plan, [](RelationPtr relation) -> RelationPtr {
    auto* limit = relation->TryAs<plan::Limit>();
    RelationPtr below = limit && limit->limit ? OrderWindows(limit->input) : nullptr;
    if (!below) return relation;
    return plan::MakeLimit(std::move(below), limit->limit, limit->offset);
  });
}

}  // namespace pyrite::passes
