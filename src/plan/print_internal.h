// The printer's state, shared by the expression and the relation half.
#pragma once

#include <unordered_map>

#include "plan/relation.h"

namespace pyrite::plan {

class Printer {
 public:
  std::string Text(const Expression& expression);
  void Tree(const Relation& relation, int depth, std::string& out);

 private:
  std::string Id(ColumnId id, const std::string& name);
  std::string List(const Expressions& expressions);
  std::string Keys(const std::vector<SortKey>& keys);
  std::string Bound(const WindowBound& bound);
  std::string Function(const functions::Function* function, const Expressions& arguments,
                       EvalMode mode, bool distinct, bool ignore_nulls,
                       const ExpressionPtr& filter);
  std::string WindowText(const WindowCall& node);
  std::string CaseText(const Case& node);
  std::string Subquery(const RelationPtr& plan);
  std::string Named(const NamedExpressions& expressions);
  std::string ColumnList(const Columns& columns);
  std::string Line(const Relation& relation);
  std::string LineOfAggregate(const Relation& relation);
  std::string LineOfLimit(const Limit& node);

  std::unordered_map<ColumnId, size_t> ids_;
  std::unordered_map<int64_t, size_t> ctes_;
  std::vector<RelationPtr> subqueries_;
};

}  // namespace pyrite::plan
