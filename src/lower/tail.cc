#include "duckdb/parser/expression/star_expression.hpp"
#include "duckdb/parser/expression/window_expression.hpp"
#include "lower/lowering.h"

namespace pyrite::lower {

// The last rows are the first ones by descending row number; then back into their order.
Select Lowering::LowerTail(const plan::Tail& node) {
  plan::ColumnId number = plan::NextColumnId();
  auto row_number = duckdb::make_uniq<duckdb::WindowExpression>("", "", "row_number");
  row_number->WindowStartMutable() = duckdb::WindowBoundary::UNBOUNDED_PRECEDING;
  row_number->WindowEndMutable() = duckdb::WindowBoundary::CURRENT_ROW_RANGE;
  AstExpressions extra;
  extra.push_back(Named(std::move(row_number), number));

  Select select(Lower(node.input).IntoTable());
  select.AllAnd(std::move(extra));
  auto by_number = [&](duckdb::OrderType type) {
    duckdb::vector<duckdb::OrderByNode> keys;
    keys.emplace_back(type, duckdb::OrderByNullType::NULLS_LAST, MakeColumn(number));
    return keys;
  };
  select.Order(by_number(duckdb::OrderType::DESCENDING), true);
  select.Limit(MakeValue(duckdb::Value::BIGINT(node.count)), nullptr);

  Select outer(std::move(select).IntoTable());
  outer.Order(by_number(duckdb::OrderType::ASCENDING), true);
  AstExpressions kept;
  for (const plan::Column& column : node.input->output) kept.push_back(MakeColumn(column.id));
  if (kept.empty()) kept.push_back(MakeColumn(number));
  outer.Keep(std::move(kept));
  return outer;
}

}  // namespace pyrite::lower
