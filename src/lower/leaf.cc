// Relations without inputs that hold their rows themselves.
#include "duckdb/parser/tableref/emptytableref.hpp"
#include "duckdb/parser/tableref/expressionlistref.hpp"
#include "duckdb/parser/tableref/table_function_ref.hpp"
#include "lower/lowering.h"
#include "lower/type.h"

namespace pyrite::lower {

Select Lowering::LowerOneRow() {
  Select select(duckdb::make_uniq<duckdb::EmptyTableRef>());
  return select;
}

Select Lowering::LowerValues(const plan::Relation& relation) {
  auto list = duckdb::make_uniq<duckdb::ExpressionListRef>();
  for (const plan::Expressions& row : relation.As<plan::ValuesList>().rows) {
    list->values.push_back(Lower(row));
  }
  for (const plan::Column& column : relation.output) {
    list->expected_types.push_back(PhysicalType(column.type));
  }
  list->expected_names = ColumnNames(relation.output);
  list->alias = duckdb::Identifier("rows");
  return Select(std::move(list));
}

Select Lowering::LowerRange(const plan::Relation& relation) {
  const auto& range = relation.As<plan::Range>();
  auto table = duckdb::make_uniq<duckdb::TableFunctionRef>();
  table->function = MakeFunction(
      "range",
      MakeAstCast(duckdb::ConstantExpression::Integer(range.start), duckdb::LogicalType::BIGINT),
      MakeAstCast(duckdb::ConstantExpression::Integer(range.end), duckdb::LogicalType::BIGINT),
      MakeAstCast(duckdb::ConstantExpression::Integer(range.step), duckdb::LogicalType::BIGINT));
  table->alias = duckdb::Identifier("range");
  table->column_name_alias = ColumnNames(relation.output);
  return Select(std::move(table));
}

}  // namespace pyrite::lower
