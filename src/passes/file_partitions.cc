#include "passes/file_partitions.h"

#include "passes/partitioned.h"

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
  if (!has_several && !is_sorted) return {rows, parts.is_said ? 1 : 0};
  plan::NamedExpressions items;
  for (const plan::Column& column : rows->output) items.push_back({column, plan::MakeRef(column)});
  if (has_several) {
    plan::Column number{plan::NextColumnId(), "number", parts.id->type, parts.id->nullable, ""};
    items.push_back({number, parts.id});
  }
  plan::RelationPtr input = is_sorted ? InOrder(parts.plan) : parts.plan;
  int64_t count = has_several ? parts.count : (parts.is_said ? 1 : 0);
  return {plan::MakeProject(std::move(input), std::move(items)), count};
}

}  // namespace pyrite::passes
