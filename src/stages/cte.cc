#include "stages/cutter.h"

namespace pyrite::stages {

// The rows are made once, by a stage of their own that every reference reads.
Distribution Cutter::VisitMaterializedCte(Operator& op) {
  auto& cte = op->Cast<duckdb::LogicalMaterializedCTE>();
  duckdb::idx_t index = cte.table_index.index;
  Distribution made = Visit(op->children[0]);
  if (made.pinned) return Single(op, {made, Visit(op->children[1])});
  CutByAnyRanges(made);
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
  bool is_single = source.from.IsSingle();
  op = ReadStage(source.stage, is_single ? Read::kAll : Read::kForward, reference.table_index);
  Bindings read = op->GetColumnBindings();
  std::vector<Carried> columns;
  for (size_t i = 0; i < read.size(); ++i)
    columns.push_back({source.columns[i], read[i], Carried::As::kIs, {}});
  Distribution rows = CarriedBy(source.from, columns);
  rows.choices.clear();
  rows.repeatable = is_single;
  rows.at_coordinator = false;
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
