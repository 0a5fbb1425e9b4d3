#include "lower/python_table.h"

#include "duckdb/parser/expression/subquery_expression.hpp"
#include "duckdb/parser/tableref/table_function_ref.hpp"

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

namespace {

// The repartition() that the rows come from as they are, or are some of; null: none.
const plan::Repartition* RepartitionOf(const plan::Relation& rows) {
  if (auto* node = rows.TryAs<plan::Repartition>()) return node->shuffle ? node : nullptr;
  if (auto* node = rows.TryAs<plan::Project>()) return RepartitionOf(*node->input);
  if (auto* node = rows.TryAs<plan::Filter>()) return RepartitionOf(*node->input);
  return nullptr;
}

}  // namespace

PythonTask TaskOf(const plan::PythonFunction& function, const plan::Relation& rows) {
  PythonTask task;
  const plan::Repartition* repartition = RepartitionOf(rows);
  task.spreads = repartition != nullptr && repartition->num_partitions != 1;
  if (function.files) task.folder = function.files->folder.path();
  for (const auto& [key, value] : function.settings) {
    if (key == "spark.sql.session.timeZone") task.time_zone = value;
    if (key == "spark.sql.execution.arrow.maxRecordsPerBatch") task.batch_rows = std::stoll(value);
  }
  return task;
}

}  // namespace pyrite::lower
