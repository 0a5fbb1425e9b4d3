#include "duckdb/parser/common_table_expression_info.hpp"
#include "duckdb/parser/expression/subquery_expression.hpp"
#include "duckdb/parser/query_node/recursive_cte_node.hpp"
#include "duckdb/parser/tableref/basetableref.hpp"
#include "lower/lowering.h"

namespace pyrite::lower {
namespace {

duckdb::Identifier CteName(int64_t id) { return duckdb::Identifier("cte" + std::to_string(id)); }

// Columns that a recursive table has beside its own: the step that made the row, and how many rows
// there were before that step.
duckdb::Identifier LevelName(int64_t id) {
  return duckdb::Identifier("level" + std::to_string(id));
}
duckdb::Identifier RowsName(int64_t id) { return duckdb::Identifier("rows" + std::to_string(id)); }

AstExpression Column(const duckdb::Identifier& name) {
  return duckdb::make_uniq<duckdb::ColumnRefExpression>(name);
}

AstExpression Bigint(int64_t value) { return MakeValue(duckdb::Value::BIGINT(value)); }

// (SELECT value FROM cte): over the rows of the step before.
AstExpression OfLastStep(int64_t id, AstExpression value) {
  auto table = duckdb::make_uniq<duckdb::BaseTableRef>();
  table->SetTable(CteName(id));
  Select select(std::move(table));
  AstExpressions items;
  items.push_back(std::move(value));
  select.Items(std::move(items));
  auto subquery = duckdb::make_uniq<duckdb::SubqueryExpression>();
  subquery->GetSubqueryTypeMutable() = duckdb::SubqueryType::SCALAR;
  subquery->SubqueryMutable() = MakeStatement(std::move(select).IntoQuery());
  return subquery;
}

AstQuery Counted(Select select, const plan::Columns& columns, AstExpression level,
                 AstExpression rows, int64_t id) {
  AstExpressions items;
  for (const plan::Column& column : columns) items.push_back(MakeColumn(column.id));
  level->SetAlias(LevelName(id));
  items.push_back(std::move(level));
  rows->SetAlias(RowsName(id));
  items.push_back(std::move(rows));
  select.Items(std::move(items));
  return std::move(select).IntoQuery();
}

}  // namespace

// The steps and rows are counted in columns of their own, to end what does not end by itself. The
// step's rows are filtered by the checks: DuckDB drops columns that nothing but themselves reads.
AstQuery Lowering::LowerRecursion(const plan::CteDefinition& definition) {
  int64_t id = definition.id;
  auto recursion = duckdb::make_uniq<duckdb::RecursiveCTENode>();
  recursion->ctename = CteName(id);
  recursion->union_all = true;
  recursion->left = Counted(Select::Over(LowerQuery(definition.plan)), definition.plan->output,
                            Bigint(0), Bigint(0), id);
  auto level = [&] { return MakeFunction("max", Column(LevelName(id))); };
  auto rows = [&] {
    return MakeFunction("+", MakeFunction("max", Column(RowsName(id))),
                        MakeFunction("count_star", AstExpressions()));
  };
  auto checked = [&](const char* check, AstExpression value, int64_t limit) {
    AstExpression checked_value = MakeFunction(check, std::move(value), Bigint(limit));
    return MakeFunction(">=", OfLastStep(id, std::move(checked_value)), Bigint(0));
  };
  Select step = Select::Over(LowerQuery(definition.step));
  step.Where(checked("spark_recursion_level", level(), definition.max_levels));
  step.Where(checked("spark_recursion_rows", rows(), definition.max_rows));
  AstExpression next = OfLastStep(id, MakeFunction("+", level(), Bigint(1)));
  recursion->right = Counted(std::move(step), definition.step->output, std::move(next),
                             OfLastStep(id, rows()), id);
  return recursion;
}

// Whether a common table is computed once or inlined is DuckDB's own choice.
Select Lowering::LowerWith(const plan::With& node) {
  duckdb::CommonTableExpressionMap definitions;
  for (const plan::CteDefinition& definition : node.definitions) {
    auto info = duckdb::make_uniq<duckdb::CommonTableExpressionInfo>();
    info->query_node = definition.step ? LowerRecursion(definition) : LowerQuery(definition.plan);
    definitions.map.insert(CteName(definition.id), std::move(info));
  }
  AstQuery query = LowerQuery(node.input);
  if (query->cte_map.map.empty()) {
    query->cte_map = std::move(definitions);
    return Select::Over(std::move(query));
  }
  // The inner definitions stay where they are: a query holds one WITH clause.
  auto outer = duckdb::make_uniq<duckdb::SelectNode>();
  Select wrapped = Select::Over(std::move(query));
  AstQuery whole = std::move(wrapped).IntoQuery();
  whole->cte_map = std::move(definitions);
  return Select::Over(std::move(whole));
}

Select Lowering::LowerCteRef(const plan::Relation& relation) {
  const auto& node = relation.As<plan::CteRef>();
  auto table = duckdb::make_uniq<duckdb::BaseTableRef>();
  table->SetTable(CteName(node.cte_id));
  AstExpressions items;
  for (size_t i = 0; i < node.source_columns.size(); ++i) {
    items.push_back(Named(MakeColumn(node.source_columns[i]), relation.output[i].id));
  }
  Select select(std::move(table));
  if (!items.empty()) select.Items(std::move(items));
  return select;
}

}  // namespace pyrite::lower
