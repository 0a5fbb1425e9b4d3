#include "lower/lowering.h"
#include "lower/nested_order.h"

namespace pyrite::lower {

duckdb::vector<duckdb::OrderByNode> Lowering::LowerKeys(const std::vector<plan::SortKey>& keys) {
  duckdb::vector<duckdb::OrderByNode> nodes;
  for (const plan::SortKey& key : keys) {
    // A constant orders nothing, and a bare number would be a position in the select list.
    if (key.child->kind() == plan::ExpressionKind::kConstant) continue;
    nodes.emplace_back(key.ascending ? duckdb::OrderType::ASCENDING : duckdb::OrderType::DESCENDING,
                       key.nulls_first ? duckdb::OrderByNullType::NULLS_FIRST
                                       : duckdb::OrderByNullType::NULLS_LAST,
                       OrderKey(Lower(key.child), key.child->type));
  }
  return nodes;
}

Select Lowering::LowerSort(const plan::Sort& node) {
  Select select = Lower(node.input);
  bool plain = true;
  for (const plan::SortKey& key : node.keys) {
    plain = plain && key.child->kind() == plan::ExpressionKind::kColumnRef &&
            !key.child->type.IsNested();
  }
  auto keys = LowerKeys(node.keys);
  if (!keys.empty()) select.Order(std::move(keys), plain);
  return select;
}

Select Lowering::LowerLimit(const plan::Limit& node) {
  Select select = Lower(node.input);
  select.Limit(node.limit == nullptr ? nullptr : Lower(node.limit),
               node.offset == nullptr ? nullptr : Lower(node.offset));
  return select;
}

}  // namespace pyrite::lower
