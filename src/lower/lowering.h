// The walk from the resolved plan to DuckDB's parsed AST. One file a node family defines the
// methods; lower.h is the way in.
#pragma once

#include <unordered_map>

#include "lower/ast.h"
#include "lower/select.h"

namespace pyrite::lower {

class Lowering {
 public:
  explicit Lowering(std::string time_zone) : time_zone_(std::move(time_zone)) {}

  Select Lower(const plan::RelationPtr& relation);
  AstExpression Lower(const plan::ExpressionPtr& expression);
  AstExpressions Lower(const plan::Expressions& expressions);

  // A relation as a query, its columns in the order of its output.
  AstQuery LowerQuery(const plan::RelationPtr& relation);

 private:
  // leaf.cc, scan.cc, local_data.cc, stored_rows.cc
  Select LowerOneRow();
  Select LowerValues(const plan::Relation& relation);
  Select LowerRange(const plan::Relation& relation);
  Select LowerFileScan(const plan::Relation& relation);
  Select LowerLocalData(const plan::Relation& relation);
  Select LowerStoredScan(const plan::Relation& relation);
  // project.cc
  Select LowerProject(const plan::Project& node);
  Select LowerFilter(const plan::Filter& node);
  // join.cc
  Select LowerJoin(const plan::Join& node);
  AstTable LowerJoinSide(const plan::RelationPtr& relation);
  // aggregate.cc
  Select LowerAggregate(const plan::Aggregate& node);
  Select LowerDeduplicate(const plan::Deduplicate& node);
  AstExpression LowerAggregateCall(const plan::AggregateCall& call, const DataType& type);
  // window.cc
  Select LowerWindow(const plan::Window& node);
  AstExpression LowerWindowCall(const plan::WindowCall& call, const DataType& type);
  // sort.cc
  Select LowerSort(const plan::Sort& node);
  Select LowerLimit(const plan::Limit& node);
  Select LowerTail(const plan::Tail& node);
  duckdb::vector<duckdb::OrderByNode> LowerKeys(const std::vector<plan::SortKey>& keys);
  // set_operation.cc
  Select LowerSetOperation(const plan::Relation& relation);
  // sample.cc
  // generate.cc
  Select LowerGenerate(const plan::Relation& relation);
  // eval_python.cc, map_python.cc, python_table_function.cc
  Select LowerEvalPython(const plan::Relation& relation);
  Select LowerMapPython(const plan::Relation& relation);
  Select LowerTableFunction(const plan::Relation& relation);
  // cte.cc
  Select LowerWith(const plan::With& node);
  AstQuery LowerRecursion(const plan::CteDefinition& definition);
  Select LowerCteRef(const plan::Relation& relation);
  // expression/
  AstExpression LowerCall(const plan::Call& call, const DataType& type);
  AstExpression LowerCase(const plan::Case& node);
  AstExpression LowerGetField(const plan::GetField& node);
  AstExpression LowerLambda(const plan::Lambda& node);
  AstExpression LowerCast(const plan::Cast& node, const DataType& type);
  AstExpression LowerScalarSubquery(const plan::ScalarSubquery& node);
  AstExpression LowerInSubquery(const plan::InSubquery& node);
  AstExpression LowerExistsSubquery(const plan::ExistsSubquery& node);
  AstExpressions LowerNamed(const plan::NamedExpressions& expressions);

  int64_t next_alias_ = 0;

  std::string time_zone_;
};

}  // namespace pyrite::lower
