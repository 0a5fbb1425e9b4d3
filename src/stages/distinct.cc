#include "stages/cutter.h"

namespace pyrite::stages {

Distribution Cutter::VisitDistinct(Operator& op) {
  Distribution rows = Visit(op->children[0]);
  auto& distinct = op->Cast<duckdb::LogicalDistinct>();
  if (rows.IsSingle() || distinct.distinct_targets.empty()) return Single(op, {rows});
  Expressions targets;
  for (const auto& target : distinct.distinct_targets) targets.push_back(target->Copy());
  return Collocate(rows, targets) ? rows : Shuffle(op->children[0], rows, targets);
}

}  // namespace pyrite::stages
