#include "lower/ast.h"

#include "duckdb/parser/tableref/subqueryref.hpp"

namespace pyrite::lower {

duckdb::vector<duckdb::Identifier> ColumnNames(const plan::Columns& columns) {
  duckdb::vector<duckdb::Identifier> names;
  names.reserve(columns.size());
  for (const plan::Column& column : columns) names.push_back(ColumnName(column.id));
  return names;
}

AstExpression Named(AstExpression expression, plan::ColumnId id) {
  duckdb::Identifier name = ColumnName(id);
  if (expression->GetExpressionClass() == duckdb::ExpressionClass::COLUMN_REF &&
      expression->GetName() == name) {
    return expression;
  }
  expression->SetAlias(std::move(name));
  return expression;
}

duckdb::unique_ptr<duckdb::SelectStatement> MakeStatement(AstQuery query) {
  auto statement = duckdb::make_uniq<duckdb::SelectStatement>();
  statement->node = std::move(query);
  return statement;
}

AstTable MakeSubquery(AstQuery query, duckdb::vector<duckdb::Identifier> names) {
  auto table = duckdb::make_uniq<duckdb::SubqueryRef>(MakeStatement(std::move(query)));
  table->column_name_alias = std::move(names);
  return table;
}

}  // namespace pyrite::lower
