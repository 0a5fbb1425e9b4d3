// The walk of the distribution pass. One file an operator family defines the methods; cut.h is the
// way in.
#pragma once

#include <map>
#include <optional>

#include "duckdb/optimizer/column_binding_replacer.hpp"
#include "duckdb/planner/expression/bound_aggregate_expression.hpp"
#include "duckdb/planner/expression/bound_columnref_expression.hpp"
#include "duckdb/planner/operator/list.hpp"
#include "stages/cut.h"
#include "stages/distribution.h"
#include "stages/fragment.h"

namespace pyrite::stages {

using Operator = duckdb::unique_ptr<duckdb::LogicalOperator>;
using Bindings = duckdb::vector<duckdb::ColumnBinding>;
using Expressions = duckdb::vector<duckdb::unique_ptr<duckdb::Expression>>;

class Cutter {
 public:
  Cutter(duckdb::ClientContext& context, duckdb::Binder& binder, const CutOptions& options)
      : context_(context), binder_(binder), options_(options) {}

  StageGraph Run(Operator plan);

 private:
  // Makes the boundaries below `op`, which may be replaced; what it gives its parent.
  Distribution Visit(Operator& op);
  // All rows in one task: the rule for what no other rule covers.
  Distribution Single(Operator& op);
  Distribution Single(Operator& op, std::vector<Distribution> children);

  // leaf.cc
  bool IsSplit(duckdb::LogicalGet& get);
  std::vector<duckdb::LogicalGet*> SplitScans(duckdb::LogicalOperator& op);
  Distribution VisitGet(Operator& op);
  Distribution VisitCteRef(Operator& op);
  // row_wise.cc
  Distribution VisitRowWise(Operator& op);
  // limit.cc
  Distribution VisitLimit(Operator& op);
  Distribution VisitTopN(Operator& op);
  // aggregate.cc
  Distribution VisitAggregate(Operator& op);
  Distribution SplitAggregate(Operator& op, const Distribution& child, Expressions partial);
  std::optional<Expressions> ExportAggregates(const duckdb::LogicalAggregate& aggregate);
  // distinct.cc
  Distribution VisitDistinct(Operator& op);
  // window.cc
  Distribution VisitWindow(Operator& op);
  // join.cc
  Distribution VisitJoin(Operator& op);
  Distribution JoinByHash(Operator& op, Distribution left, Distribution right);
  // set_operation.cc
  Distribution VisitSetOperation(Operator& op);
  // cte.cc
  Distribution VisitMaterializedCte(Operator& op);
  // Recursive CTEs and delim joins, whose leaves read what they themselves have.
  Distribution VisitNest(Operator& op);
  // write.cc
  StageGraph RunWrite();

  // boundary.cc. Each replaces `child` by a leaf that reads the rows from a stage of their own.
  Distribution Gather(Operator& child, const Distribution& from);
  Distribution Broadcast(Operator& child, const Distribution& from);
  Distribution RoundRobin(Operator& child, const Distribution& from);
  // The rows with equal `keys`, expressions over `child`, to one task.
  Distribution Shuffle(Operator& child, const Distribution& from, const Expressions& keys);
  std::vector<int> AddKeys(Operator& plan, const Expressions& keys);
  Operator FirstColumns(Operator plan, size_t count);
  // A stage of `plan`; its id.
  int AddStage(Operator plan, const Distribution& from, Partitioning output);
  Operator ReadStage(int stage, Read read, duckdb::TableIndex table);
  // `child` becomes a stage, `child` its reading; ancestors see the new columns.
  Distribution Cross(Operator& child, const Distribution& from, Partitioning output, Read read);
  // Everywhere above, and in the operators not visited yet.
  void Rebind(const Bindings& from, const Bindings& to);

  double RowsOf(duckdb::LogicalOperator& op);
  double BytesOf(duckdb::LogicalOperator& op);

  struct SharedStage {
    int stage;
    Distribution from;
    Bindings columns;
  };

  duckdb::ClientContext& context_;
  duckdb::Binder& binder_;
  const CutOptions options_;
  StageGraph graph_;
  Operator root_;
  std::map<duckdb::idx_t, SharedStage> shared_;     // materialized CTEs by index
  std::optional<duckdb::TableIndex> file_numbers_;  // the window that numbers a write's files
  int nesting_ = 0;  // of operators that give their rows to leaves below them
};

// Whether each of `keys` is a plain column, and which.
std::optional<std::vector<duckdb::ColumnBinding>> PlainColumns(const Expressions& keys);
// Positions of `keys` among `columns`; none when one is missing.
std::optional<std::vector<int>> PositionsOf(const std::vector<duckdb::ColumnBinding>& keys,
                                            const Bindings& columns);
bool HasVolatile(duckdb::LogicalOperator& op);

}  // namespace pyrite::stages
