#include "lower/select.h"

#include "duckdb/parser/expression/conjunction_expression.hpp"
#include "duckdb/parser/expression/star_expression.hpp"

namespace pyrite::lower {

Select Select::Over(AstQuery query, duckdb::vector<duckdb::Identifier> names) {
  return Select(MakeSubquery(std::move(query), std::move(names)));
}

void Select::StartAfter(Stage last_allowed) {
  if (stage_ <= last_allowed) return;
  *this = Select::Over(std::move(*this).IntoQuery());
}

void Select::Where(AstExpression condition) {
  StartAfter(Stage::kFrom);
  where_.push_back(std::move(condition));
}

void Select::Items(AstExpressions items) {
  StartAfter(Stage::kFrom);
  items_ = std::move(items);
  stage_ = Stage::kItems;
}

void Select::AllAnd(AstExpressions items) {
  StartAfter(Stage::kFrom);
  bool has_columns = from_->type != duckdb::TableReferenceType::EMPTY_FROM;
  if (has_columns) items_.push_back(duckdb::make_uniq<duckdb::StarExpression>());
  for (AstExpression& item : items) items_.push_back(std::move(item));
  stage_ = Stage::kItems;
}

void Select::Group(duckdb::GroupByNode groups, AstExpressions items) {
  StartAfter(Stage::kFrom);
  groups_ = std::move(groups);
  items_ = std::move(items);
  stage_ = Stage::kItems;
}

void Select::DistinctOn(AstExpressions keys) {
  StartAfter(Stage::kItems);
  // ORDER BY would choose which row of each set DISTINCT ON keeps: nothing may follow it here.
  stage_ = keys.empty() ? Stage::kDistinct : Stage::kClosed;
  auto modifier = duckdb::make_uniq<duckdb::DistinctModifier>();
  modifier->distinct_on_targets = std::move(keys);
  modifiers_.push_back(std::move(modifier));
}

void Select::Order(duckdb::vector<duckdb::OrderByNode> keys, bool plain) {
  StartAfter(plain ? Stage::kDistinct : Stage::kFrom);
  auto modifier = duckdb::make_uniq<duckdb::OrderModifier>();
  modifier->orders = std::move(keys);
  modifiers_.push_back(std::move(modifier));
  stage_ = Stage::kOrdered;
}

void Select::Limit(AstExpression limit, AstExpression offset) {
  StartAfter(Stage::kOrdered);
  auto modifier = duckdb::make_uniq<duckdb::LimitModifier>();
  modifier->limit = std::move(limit);
  modifier->offset = std::move(offset);
  modifiers_.push_back(std::move(modifier));
  stage_ = Stage::kLimited;
}

void Select::Keep(AstExpressions columns) {
  // With a select list of its own the ORDER BY may name what is dropped here.
  bool keeps_rows = stage_ == Stage::kOrdered || stage_ == Stage::kLimited;
  if (!keeps_rows || !items_.empty()) StartAfter(Stage::kFrom);
  items_ = std::move(columns);
  if (stage_ == Stage::kFrom) stage_ = Stage::kItems;
}

AstTable Select::IntoTable() && {
  if (stage_ == Stage::kFrom && where_.empty()) return std::move(from_);
  return MakeSubquery(std::move(*this).IntoQuery());
}

AstQuery Select::IntoQuery() && {
  auto node = duckdb::make_uniq<duckdb::SelectNode>();
  node->from_table = std::move(from_);
  if (where_.size() == 1) {
    node->where_clause = std::move(where_.front());
  } else if (!where_.empty()) {
    node->where_clause = duckdb::make_uniq<duckdb::ConjunctionExpression>(
        duckdb::ExpressionType::CONJUNCTION_AND, std::move(where_));
  }
  node->groups = std::move(groups_);
  node->select_list = std::move(items_);
  if (node->select_list.empty()) {
    node->select_list.push_back(duckdb::make_uniq<duckdb::StarExpression>());
  }
  node->modifiers = std::move(modifiers_);
  return node;
}

}  // namespace pyrite::lower
