#include "lower/lower.h"

#include "base/errors.h"
#include "lower/lowering.h"
#include "lower/type.h"

namespace pyrite::lower {

Select Lowering::Lower(const plan::RelationPtr& relation) {
  const plan::Relation& node = *relation;
  switch (node.kind()) {
    case plan::RelationKind::kOneRow: return LowerOneRow();
    case plan::RelationKind::kLocalData: return LowerLocalData(node);
    case plan::RelationKind::kValuesList: return LowerValues(node);
    case plan::RelationKind::kRange: return LowerRange(node);
    case plan::RelationKind::kFileScan: return LowerFileScan(node);
    case plan::RelationKind::kProject: return LowerProject(node.As<plan::Project>());
    case plan::RelationKind::kFilter: return LowerFilter(node.As<plan::Filter>());
    case plan::RelationKind::kJoin: return LowerJoin(node.As<plan::Join>());
    case plan::RelationKind::kAggregate: return LowerAggregate(node.As<plan::Aggregate>());
    case plan::RelationKind::kWindow: return LowerWindow(node.As<plan::Window>());
    case plan::RelationKind::kSort: return LowerSort(node.As<plan::Sort>());
    case plan::RelationKind::kLimit: return LowerLimit(node.As<plan::Limit>());
    case plan::RelationKind::kTail: return LowerTail(node.As<plan::Tail>());
    case plan::RelationKind::kDeduplicate: return LowerDeduplicate(node.As<plan::Deduplicate>());
    case plan::RelationKind::kSetOperation: return LowerSetOperation(node);
    case plan::RelationKind::kGenerate: return LowerGenerate(node);
    case plan::RelationKind::kWith: return LowerWith(node.As<plan::With>());
    case plan::RelationKind::kCteRef: return LowerCteRef(node);
    // The session computes the metrics: the rows pass.
    case plan::RelationKind::kCollectMetrics: return Lower(node.As<plan::CollectMetrics>().input);
    case plan::RelationKind::kRepartition: return Lower(node.As<plan::Repartition>().input);
    case plan::RelationKind::kEvalPython: return LowerEvalPython(node);
    case plan::RelationKind::kMapPython: return LowerMapPython(node);
    case plan::RelationKind::kStoredScan: return LowerStoredScan(node);
  }
  throw errors::Internal("a relation of an unknown kind");
}

AstQuery Lowering::LowerQuery(const plan::RelationPtr& relation) {
  return Lower(relation).IntoQuery();
}

duckdb::unique_ptr<duckdb::SelectStatement> LowerStatement(const plan::RelationPtr& relation,
                                                           const std::string& time_zone) {
  return MakeStatement(Lowering(time_zone).LowerQuery(relation));
}

void CheckTypes(const plan::Columns& columns, const duckdb::vector<duckdb::LogicalType>& bound) {
  // A relation without columns still has rows: DuckDB carries them on one column that nobody sees.
  if (columns.empty()) return;
  if (columns.size() != bound.size()) {
    throw errors::Internal("the engine made " + std::to_string(bound.size()) + " columns, not " +
                           std::to_string(columns.size()));
  }
  for (size_t i = 0; i < columns.size(); ++i) {
    duckdb::LogicalType expected = PhysicalType(columns[i].type);
    if (bound[i] != expected) {
      throw errors::Internal("column " + columns[i].name + " of type " + columns[i].type.ToSql() +
                             " came out as " + bound[i].ToString() + ", not " +
                             expected.ToString());
    }
  }
}

}  // namespace pyrite::lower
