#include "passes/file_partitions.h"

#include "passes/partitioned.h"
#include "passes/rewrite_plans.h"

namespace pyrite::passes {
namespace {

bool IsSorted(const plan::Relation& rows) {
  switch (rows.kind()) {
    case plan::RelationKind::kSort: return true;
    case plan::RelationKind::kProject: return IsSorted(*rows.As<plan::Project>().input);
    case plan::RelationKind::kFilter: return IsSorted(*rows.As<plan::Filter>().input);
    default: return false;
  }
}

}  // namespace

FilePartitions FilePartitionsOf(const plan::RelationPtr& rows, bool has_folders) {
  Partitioned parts = WithPartitionId(rows, Turns::kAnyhow);
  bool has_several = parts.count > 1;
  bool is_sorted = (has_several || has_folders) && IsSorted(*rows);
  plan::RelationPtr input = is_sorted ? InOrder(parts.plan) : parts.plan;
  if (has_several) input = WithIdColumn(input, rows->output, parts.id, parts.count).plan;
  if (is_sorted && !has_several) input = OnlyColumns(std::move(input), rows->output);
  return {std::move(input), parts.count};
}

}  // namespace pyrite::passes
