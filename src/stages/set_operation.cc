#include "stages/cutter.h"

namespace pyrite::stages {
Distribution Cutter::VisitSetOperation(Operator& op) {
  std::vector<Distribution> rows;
  bool all_single = true;
  bool is_pinned = false;
  for (auto& child : op->children) {
    rows.push_back(Visit(child));
    all_single &= rows.back().IsSingle();
    is_pinned |= rows.back().pinned;
  }
  if (all_single || is_pinned) return Single(op, std::move(rows));

  bool is_union = op->type == duckdb::LogicalOperatorType::LOGICAL_UNION;
  bool keeps_all = op->Cast<duckdb::LogicalSetOperation>().setop_all;
  Distribution result;
  result.kind = Distribution::Kind::kSplit;
  for (size_t i = 0; i < op->children.size(); ++i) {
    auto& child = op->children[i];
    if (!is_union || !keeps_all) {
      Shuffle(child, rows[i], ColumnsOf(*child));
    } else if (rows[i].IsSingle()) {
      RoundRobin(child, rows[i]);
    }
  }
  return result;
}

}  // namespace pyrite::stages
