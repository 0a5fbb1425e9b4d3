// The walk of the distribution pass. One file an operator family defines the methods; cut.h is the
// way in.
#pragma once

#include <map>
#include <optional>
#include <set>

#include "duckdb/optimizer/column_binding_replacer.hpp"
#include "duckdb/planner/expression/bound_aggregate_expression.hpp"
#include "duckdb/planner/expression/bound_columnref_expression.hpp"
#include "duckdb/planner/operator/list.hpp"
#include "stages/cut.h"
#include "stages/distribution.h"
#include "stages/fragment.h"
#include "stages/scan_ranges.h"

namespace pyrite::lower {
struct PythonTask;
}

namespace pyrite::stages {

class KeptOutputs;

using Operator = duckdb::unique_ptr<duckdb::LogicalOperator>;
using Bindings = duckdb::vector<duckdb::ColumnBinding>;
using Expressions = duckdb::vector<duckdb::unique_ptr<duckdb::Expression>>;

// The equalities of a join, by side.
struct EqualKeys {
  Expressions left;
  Expressions right;
  std::vector<duckdb::ExpressionType> comparisons;
};

// Whether a column is a key itself, its number, or one to one with it.
enum class Match : uint8_t { kNone, kSame, kCast, kImage };

class Cutter {
 public:
  Cutter(duckdb::ClientContext& context, duckdb::Binder& binder, const CutOptions& options)
      : context_(context), binder_(binder), options_(options) {}

  StageGraph Run(Operator plan);

 private:
  void RunQuery();
  // Makes the boundaries below `op`, which may be replaced; what it gives its parent.
  Distribution Visit(Operator& op);
  Distribution VisitByRule(Operator& op);
  // All rows in one task: the rule for what no other rule covers.
  Distribution Single(Operator& op);
  Distribution Single(Operator& op, std::vector<Distribution> children);

  // manual_boundary.cc
  std::optional<Partitioning> WishFor(const duckdb::LogicalOperator& op) const;
  Distribution CrossAsWished(Operator& op, const Distribution& rows, const Partitioning& wish);

  // leaf.cc
  bool IsSplit(duckdb::LogicalGet& get);
  Distribution VisitGet(Operator& op);
  Distribution VisitKept(duckdb::LogicalGet& get, const KeptOutputs& kept);
  std::vector<Fragment::Scan> ScansOf(duckdb::LogicalOperator& plan, int tasks);
  std::vector<ScanSlice> SlicesOf(duckdb::LogicalGet& get, int tasks);
  Distribution VisitCteRef(Operator& op);
  // python.cc
  Distribution VisitPython(Operator& op, const lower::PythonTask& task);
  Distribution VisitGroups(duckdb::LogicalOrder& order, const lower::PythonTask& task);
  // row_wise.cc
  Distribution VisitRowWise(Operator& op);
  Distribution VisitDraws(Operator& op);
  // limit.cc
  Distribution VisitLimit(Operator& op);
  Distribution VisitTopN(Operator& op);
  // aggregate.cc
  Distribution VisitAggregate(Operator& op);
  Distribution SplitAggregate(Operator& op, const Distribution& child, Expressions partial);
  std::optional<Expressions> ExportAggregates(const duckdb::LogicalAggregate& aggregate);
  // two_levels.cc
  void WantGroupsOf(duckdb::LogicalAggregate& upper);
  std::vector<int> KeysOfGroups(const duckdb::LogicalAggregate& aggregate) const;
  // distinct.cc
  Distribution VisitDistinct(Operator& op);
  // sort.cc
  Distribution VisitOrder(Operator& op);
  void SpreadByOrder(duckdb::LogicalOperator& op, const Distribution& rows);
  Operator SampleOf(int stage, const duckdb::LogicalOrder& order, const Bindings& columns,
                    double count);
  Operator BoundsFrom(int sample);
  // window.cc
  Distribution VisitWindow(Operator& op);
  // join.cc
  Distribution VisitJoin(Operator& op);
  Distribution JoinByKeys(Operator& op, const EqualKeys& keys, Distribution left,
                          Distribution right);
  double BytesMoved(const Distribution& left, double left_bytes, const Distribution& right,
                    double right_bytes, const EqualKeys& keys);
  // runtime_filter.cc
  enum class FilteredSide : uint8_t { kNone, kLeft, kRight };
  FilteredSide SideToFilter(duckdb::LogicalOperator& op, duckdb::JoinType type);
  void KeepMatches(Operator& child, const Expressions& keys,
                   const std::vector<duckdb::ExpressionType>& comparisons, int stage);
  // adaptive.cc
  // Both sides of a join to where their rows meet, one after the other: by what the first one turns
  // out to be, all of it to where the other one is; large partitions to all tasks.
  Distribution ShuffleBoth(Operator& op, duckdb::JoinType type, const EqualKeys& keys,
                           Distribution left, Distribution right);
  bool MayPay(duckdb::LogicalOperator& first, duckdb::LogicalOperator& second);
  bool PaysToBroadcast(const StageSize& first, duckdb::LogicalOperator& second);
  StageSize RealSizeOf(Operator& child);
  bool SpreadSkewed(Operator& op, duckdb::JoinType type, int first_stage, bool right_first);
  std::vector<int> SkewedIn(const StageSize& size) const;
  // set_operation.cc
  Distribution VisitSetOperation(Operator& op);
  // cte.cc
  Distribution VisitMaterializedCte(Operator& op);
  // Recursive CTEs and delim joins, whose leaves read what they themselves have.
  Distribution VisitNest(Operator& op);
  // write.cc
  void RunWrite();
  Distribution ToWriters(Operator& child, Distribution rows, int& tasks);

  // collocate.cc
  // Whether rows with equal keys are in one task, once scans that are open to it are cut so.
  bool Collocate(Distribution& rows, const Expressions& keys);
  // The same of both sides of a join: they meet where they are.
  bool Collocate(Distribution& left, Distribution& right, const EqualKeys& keys);
  // One of the choices by which equal keys would be in one task, when it matches well enough; null:
  // none.
  const Choice* ChoiceFor(const Distribution& rows, const Expressions& keys, Match least);
  // Cuts the scan below `rows`.
  void CutByRanges(Distribution& rows, const Choice& choice, const Bounds& bounds);
  // By any choice there is: for rows that are read by others later.
  void CutByAnyRanges(Distribution& rows);
  bool CutAlike(Distribution& rows, const Choice& choice, const Bounds& bounds);
  bool CutBoth(Distribution& left, const Choice& left_choice, Distribution& right,
               const Choice& right_choice);
  const ScanRanges* RangesFor(const Choice& choice);
  Bounds OwnBounds(const Choice& choice);

  // boundary.cc. Each replaces `child` by a leaf that reads the rows from a stage of their own.
  Distribution Gather(Operator& child, const Distribution& from);
  Distribution Broadcast(Operator& child, const Distribution& from);
  Distribution RoundRobin(Operator& child, const Distribution& from);
  // The rows with equal `keys`, expressions over `child`, to one task.
  Distribution Shuffle(Operator& child, const Distribution& from, const Expressions& keys);
  // To where the rows of `other` with the same keys are; `keys` stand for its keys.
  Distribution ShuffleTo(Operator& child, const Distribution& from, const Expressions& keys,
                         const Distribution& other);
  Distribution ShuffleBy(Operator& child, const Distribution& from, const Expressions& keys,
                         Partitioning output);
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
  const duckdb::LogicalOperator* order_of_result_ = nullptr;
  std::map<duckdb::idx_t, SharedStage> shared_;     // materialized CTEs by index
  std::map<const KeptOutputs*, int> kept_;          // stages of kept rows
  std::optional<duckdb::TableIndex> file_numbers_;  // the window that numbers a write's files
  std::map<std::pair<const duckdb::LogicalGet*, duckdb::idx_t>, std::optional<ScanRanges>> ranges_;
  struct RangeCut {
    const ScanRanges* ranges;
    Bounds bounds;
  };
  std::map<const duckdb::LogicalGet*, RangeCut> cuts_;  // of those that are no longer open
  // By aggregate: the groups among its own that another one above takes together.
  std::map<const duckdb::LogicalAggregate*, std::vector<int>> wanted_groups_;
  std::map<const duckdb::LogicalGet*, std::vector<ScanSlice>> manual_slices_;
  std::set<int> manual_;  // stages that end at boundaries of the program
  int nesting_ = 0;       // of operators that give their rows to leaves below them
};

// join.cc
bool MayBroadcastRight(duckdb::JoinType type);
bool MayBroadcastLeft(duckdb::JoinType type);
// Where the rows of a join are whose sides have met by their keys.
Distribution Joined(duckdb::JoinType type, Distribution left, Distribution right);
// python.cc: whether functions of Python in it are to run in many tasks, however few rows there
// are.
bool HasSpread(const duckdb::LogicalOperator& op);
// runtime_filter.cc: whether something in it leaves rows out.
bool IsSelective(const duckdb::LogicalOperator& op);
Match MatchOf(const Key& key, const duckdb::Expression& item);
// The column whose values `item`, called `to`, carries, if it is one.
std::optional<Carried> ColumnIn(const duckdb::Expression& item, duckdb::ColumnBinding to);
Expressions ColumnsOf(duckdb::LogicalOperator& op);
// sort.cc: the sort whose rows are the query's, in its order; null: none.
duckdb::LogicalOperator* OrderOfResult(duckdb::LogicalOperator& root);
// draws.cc
bool HasVolatile(duckdb::LogicalOperator& op);
// Whether what is volatile in it can be called for a row in any task.
bool DrawsForEachRow(duckdb::LogicalOperator& op);
// Whether the rows are others when they are made again.
bool Draws(duckdb::LogicalOperator& plan);

}  // namespace pyrite::stages
