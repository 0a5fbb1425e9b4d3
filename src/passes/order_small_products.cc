#include "passes/order_small_products.h"

#include <arrow/table.h>

#include <algorithm>
#include <optional>

#include "functions/build.h"
#include "passes/rewrite_plans.h"
#include "plan/walk.h"

namespace pyrite::passes {
namespace {

using plan::RelationPtr;

// Sorting so many rows costs less than anybody would notice.
constexpr int64_t kMostRows = 10000;

// A number of rows that the relation does not exceed, where it is known to be small.
std::optional<int64_t> MostRows(const plan::Relation& relation) {
  using Kind = plan::RelationKind;
  switch (relation.kind()) {
    case Kind::kOneRow: return 1;
    case Kind::kLocalData: return relation.As<plan::LocalData>().table->num_rows();
    case Kind::kValuesList:
      return static_cast<int64_t>(relation.As<plan::ValuesList>().rows.size());
    case Kind::kProject:
    case Kind::kFilter:
    case Kind::kSort:
    case Kind::kAggregate: return MostRows(*plan::InputsOf(relation).at(0));
    case Kind::kJoin: {
      const auto& node = relation.As<plan::Join>();
      auto left = MostRows(*node.left), right = MostRows(*node.right);
      bool is_product = node.type == plan::JoinType::kInner || node.type == plan::JoinType::kCross;
      if (!is_product || !left || !right || *left > kMostRows || *right > kMostRows) return {};
      return *left * *right;
    }
    default: return std::nullopt;
  }
}

// The relation with the number of each row as one more column.
RelationPtr Numbered(const RelationPtr& relation, std::vector<plan::SortKey>& keys) {
  plan::ExpressionPtr number =
      functions::NativeWindow("row_number", {}, DataType::Long(), false, functions::CallContext());
  plan::WindowCall window;
  window.function = number->As<plan::AggregateCall>().function;
  window.is_range = false;
  window.lower.kind = plan::WindowBound::Kind::kUnboundedPreceding;
  window.upper.kind = plan::WindowBound::Kind::kCurrentRow;
  plan::Column column{plan::NextColumnId(), "place", DataType::Long(), false, ""};
  keys.push_back({plan::MakeRef(column), true, true});
  return plan::MakeWindow(relation,
                          {{column, plan::Make(std::move(window), DataType::Long(), false)}});
}

}  // namespace

RelationPtr OrderSmallProducts(RelationPtr plan) {
  return RewritePlans(plan, [](RelationPtr relation) -> RelationPtr {
    const auto* node = relation->TryAs<plan::Join>();
    if (node == nullptr || node->condition || node->lateral) return relation;
    auto rows = MostRows(*relation);
    if (!rows || *rows < 2 || *rows > kMostRows) return relation;
    std::vector<plan::SortKey> keys;
    RelationPtr left = Numbered(node->left, keys), right = Numbered(node->right, keys);
    RelationPtr product = plan::MakeJoin(left, right, node->type, nullptr);
    return OnlyColumns(plan::MakeSort(std::move(product), std::move(keys)), relation->output);
  });
}

}  // namespace pyrite::passes
