// A SELECT in the making. Relations fill its clauses from the bottom up; a relation whose clause
// comes too late in SQL's own order closes the SELECT and starts the next one over it. So a Project
// over a Filter over a Join is one SELECT, as it would be in SQL.
#pragma once

#include <cstdint>

#include "lower/ast.h"

namespace pyrite::lower {

class Select {
 public:
  // SELECT * FROM table
  explicit Select(AstTable table) : from_(std::move(table)) {}
  // A query that is not a single SELECT, or has clauses of its own: it is read as a whole.
  static Select Over(AstQuery query, duckdb::vector<duckdb::Identifier> names = {});

  void Where(AstExpression condition);
  // The select list. Until it is given, all columns of FROM in their order.
  void Items(AstExpressions items);
  // All columns of FROM, then `items`.
  void AllAnd(AstExpressions items);
  void Group(duckdb::GroupByNode groups, AstExpressions items);
  void DistinctOn(AstExpressions keys);  // no keys: all columns
  // `plain`: every key is a column of the output.
  void Order(duckdb::vector<duckdb::OrderByNode> keys, bool plain);
  void Limit(AstExpression limit, AstExpression offset);  // either may be null
  // Drops to the columns named, keeping the rows and their order.
  void Keep(AstExpressions columns);

  // As a FROM item: the table itself while no clause has been given.
  AstTable IntoTable() &&;
  AstQuery IntoQuery() &&;

 private:
  enum class Stage : uint8_t { kFrom, kItems, kDistinct, kOrdered, kLimited, kClosed };

  // Makes this a fresh SELECT over what was built, unless the stage is still before `stage`.
  void StartAfter(Stage last_allowed);

  AstTable from_;
  AstExpressions where_;  // all of them hold
  AstExpressions items_;  // empty: all
  duckdb::GroupByNode groups_;
  duckdb::vector<duckdb::unique_ptr<duckdb::ResultModifier>> modifiers_;
  Stage stage_ = Stage::kFrom;
};

}  // namespace pyrite::lower
