#include "stages/cutter.h"

namespace pyrite::stages {

// The rows are made once, by a stage of their own that every reference reads.
Distribution Cutter::VisitMaterializedCte(Operator& op) {
  auto& cte = op->Cast<duckdb::LogicalMaterializedCTE>();
  duckdb::idx_t index = cte.table_index.index;
  Distribution made = Visit(op->children[0]);
  if (made.pinned) return Single(op, {made, Visit(op->children[1])});
  Bindings columns = op->children[0]->GetColumnBindings();
  int stage = AddStage(std::move(op->children[0]), made, {});
  shared_[index] = {stage, made, columns};
  op = std::move(op->children[1]);
  return Visit(op);
}

Distribution Cutter::VisitCteRef(Operator& op) {
  auto& reference = op->Cast<duckdb::LogicalCTERef>();
  auto shared = shared_.find(reference.cte_index.index);
  if (shared == shared_.end()) {
    Distribution single;
    single.pinned = true;
    return single;
  }
  const SharedStage& source = shared->second;
  Distribution rows;
  rows.kind = source.from.kind;
  op =
      ReadStage(source.stage, rows.IsSingle() ? Read::kAll : Read::kForward, reference.table_index);
  rows.repeatable = rows.IsSingle();
  Bindings read = op->GetColumnBindings();
  for (const auto& key : source.from.keys) {
    auto place = std::find(source.columns.begin(), source.columns.end(), key);
    if (place == source.columns.end()) {
      rows.kind = Distribution::Kind::kSplit;
      rows.keys.clear();
      break;
    }
    rows.keys.push_back(read[place - source.columns.begin()]);
  }
  return rows;
}

// All of it in one task; what it reads from elsewhere comes to that task.
Distribution Cutter::VisitNest(Operator& op) {
  ++nesting_;
  Distribution single = Single(op);
  if (--nesting_ == 0) single.pinned = false;
  return single;
}

}  // namespace pyrite::stages
