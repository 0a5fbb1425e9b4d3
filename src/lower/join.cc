#include "base/errors.h"
#include "duckdb/parser/tableref/joinref.hpp"
#include "lower/lowering.h"

namespace pyrite::lower {
namespace {

duckdb::JoinType ToDuckDB(plan::JoinType type) {
  switch (type) {
    case plan::JoinType::kInner:
    case plan::JoinType::kCross: return duckdb::JoinType::INNER;
    case plan::JoinType::kLeftOuter: return duckdb::JoinType::LEFT;
    case plan::JoinType::kRightOuter: return duckdb::JoinType::RIGHT;
    case plan::JoinType::kFullOuter: return duckdb::JoinType::OUTER;
    case plan::JoinType::kLeftSemi: return duckdb::JoinType::SEMI;
    case plan::JoinType::kLeftAnti: return duckdb::JoinType::ANTI;
  }
  throw errors::Internal("a join of an unknown type");
}

}  // namespace

// DuckDB drops the right side of a semi join from scope by alias: no two sides may share one.
AstTable Lowering::LowerJoinSide(const plan::RelationPtr& relation) {
  AstTable table = Lower(relation).IntoTable();
  if (table->type != duckdb::TableReferenceType::JOIN) {
    table->alias = duckdb::Identifier("t" + std::to_string(next_alias_++));
  }
  return table;
}

Select Lowering::LowerJoin(const plan::Join& node) {
  bool is_cross = node.condition == nullptr &&
                  (node.type == plan::JoinType::kInner || node.type == plan::JoinType::kCross);
  auto join = duckdb::make_uniq<duckdb::JoinRef>(is_cross ? duckdb::JoinRefType::CROSS
                                                          : duckdb::JoinRefType::REGULAR);
  join->type = ToDuckDB(node.type);
  // DuckDB sees by itself that the right side of a lateral join refers to the left.
  join->left = LowerJoinSide(node.left);
  join->right = LowerJoinSide(node.right);
  if (!is_cross) {
    join->condition = node.condition == nullptr ? duckdb::ConstantExpression::Boolean(true)
                                                : Lower(node.condition);
  }
  return Select(std::move(join));
}

}  // namespace pyrite::lower
