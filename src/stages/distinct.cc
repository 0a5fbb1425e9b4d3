#include "stages/cutter.h"

namespace pyrite::stages {

Distribution Cutter::VisitDistinct(Operator& op) {
  Distribution rows = Visit(op->children[0]);
  auto& distinct = op->Cast<duckdb::LogicalDistinct>();
  if (rows.IsSingle() || distinct.distinct_targets.empty()) return Single(op, {rows});
  Expressions targets;
  for (const auto& target : distinct.distinct_targets) targets.push_back(target->Copy());
  auto columns = PlainColumns(targets);
  bool is_there = rows.kind == Distribution::Kind::kHash && columns &&
                  PositionsOf(rows.keys, Bindings(columns->begin(), columns->end()));
  return is_there ? rows : Shuffle(op->children[0], rows, targets);
}

}  // namespace pyrite::stages
