#include "duckdb/planner/expression/bound_window_expression.hpp"
#include "stages/cutter.h"

namespace pyrite::stages {
namespace {

// What all windows of the operator are partitioned by.
Expressions CommonPartitions(const duckdb::LogicalOperator& op) {
  Expressions common;
  for (const auto& key : op.expressions[0]->Cast<duckdb::BoundWindowExpression>().Partitions()) {
    bool in_all = std::all_of(op.expressions.begin(), op.expressions.end(), [&](const auto& item) {
      const auto& keys = item->template Cast<duckdb::BoundWindowExpression>().Partitions();
      return std::any_of(keys.begin(), keys.end(), [&](const auto& other) {
        return duckdb::Expression::Equals(*key, *other);
      });
    });
    if (in_all) common.push_back(key->Copy());
  }
  return common;
}

}  // namespace

Distribution Cutter::VisitWindow(Operator& op) {
  Distribution rows = Visit(op->children[0]);
  if (op->Cast<duckdb::LogicalWindow>().window_index == file_numbers_) return rows;
  Expressions keys = CommonPartitions(*op);
  if (rows.IsSingle() || keys.empty()) return Single(op, {rows});
  return Collocate(rows, keys) ? rows : Shuffle(op->children[0], rows, keys);
}

}  // namespace pyrite::stages
