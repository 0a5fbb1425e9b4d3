#include "stages/cutter.h"

namespace pyrite::stages {
namespace {

std::optional<duckdb::idx_t> ConstantOf(const duckdb::BoundLimitNode& node) {
  if (node.Type() == duckdb::LimitNodeType::UNSET) return 0;
  if (node.Type() != duckdb::LimitNodeType::CONSTANT_VALUE) return std::nullopt;
  return node.GetConstantValue();
}

}  // namespace

// Each task keeps no more rows than are wanted in all.
Distribution Cutter::VisitLimit(Operator& op) {
  Distribution rows = Visit(op->children[0]);
  auto& limit = op->Cast<duckdb::LogicalLimit>();
  auto count = ConstantOf(limit.limit_val);
  auto offset = ConstantOf(limit.offset_val);
  bool is_bounded = limit.limit_val.Type() == duckdb::LimitNodeType::CONSTANT_VALUE;
  if (!rows.IsSingle() && is_bounded && count && offset) {
    auto first = duckdb::make_uniq<duckdb::LogicalLimit>(
        duckdb::BoundLimitNode::ConstantValue(static_cast<int64_t>(*count + *offset)),
        duckdb::BoundLimitNode());
    first->children.push_back(std::move(op->children[0]));
    op->children[0] = std::move(first);
  }
  return Single(op, {rows});
}

Distribution Cutter::VisitTopN(Operator& op) {
  Distribution rows = Visit(op->children[0]);
  auto& top = op->Cast<duckdb::LogicalTopN>();
  top.dynamic_filter.reset();  // it filters a scan that may be in another stage
  if (!rows.IsSingle()) {
    duckdb::vector<duckdb::BoundOrderByNode> orders;
    for (const auto& order : top.orders) orders.push_back(order.Copy());
    auto first =
        duckdb::make_uniq<duckdb::LogicalTopN>(std::move(orders), top.limit + top.offset, 0);
    first->children.push_back(std::move(op->children[0]));
    first->SetEstimatedCardinality(top.limit + top.offset);
    op->children[0] = std::move(first);
  }
  return Single(op, {rows});
}

}  // namespace pyrite::stages
