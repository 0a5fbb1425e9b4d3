#include "lower/python_table.h"

#include "duckdb/parser/expression/subquery_expression.hpp"
#include "duckdb/parser/tableref/table_function_ref.hpp"
#include "plan/repartition.h"

namespace pyrite::lower {

AstTable MakePythonTable(const PythonTask& task, AstQuery rows, const plan::Columns& output) {
  auto table = duckdb::make_uniq<duckdb::SubqueryExpression>();
  table->SubqueryMutable() = MakeStatement(std::move(rows));
  table->GetSubqueryTypeMutable() = duckdb::SubqueryType::SCALAR;
  AstExpressions arguments;
  arguments.push_back(std::move(table));
  for (const duckdb::Value& parameter : task.ToParameters()) {
    arguments.push_back(MakeValue(parameter));
  }
  auto reference = duckdb::make_uniq<duckdb::TableFunctionRef>();
  reference->function = MakeFunction(kPythonFunction, std::move(arguments));
  reference->alias = duckdb::Identifier("rows");
  reference->column_name_alias = ColumnNames(output);
  return reference;
}

PythonTask TaskOf(const plan::PythonFunction& function, const plan::Relation& rows) {
  PythonTask task;
  const plan::Repartition* wish = plan::RepartitionOf(rows);
  task.spreads = wish != nullptr && wish->shuffle && wish->num_partitions != 1;
  if (function.files) task.folder = function.files->folder.path();
  for (const auto& [key, value] : function.settings) {
    if (key == "spark.sql.session.timeZone") task.time_zone = value;
    if (key == "spark.sql.execution.arrow.maxRecordsPerBatch") task.batch_rows = std::stoll(value);
  }
  return task;
}

}  // namespace pyrite::lower
