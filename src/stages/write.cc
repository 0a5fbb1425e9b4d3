#include "stages/write.h"

#include "duckdb/planner/expression_iterator.hpp"
#include "engine/write_statement.h"
#include "sources/path.h"
#include "stages/cutter.h"

namespace pyrite::stages {
namespace {

using Type = duckdb::LogicalOperatorType;

// The one column that an expression is made of.
std::optional<duckdb::ColumnBinding> ColumnIn(const duckdb::Expression& expression) {
  if (expression.GetExpressionClass() == duckdb::ExpressionClass::BOUND_COLUMN_REF) {
    return expression.Cast<duckdb::BoundColumnRefExpression>().Binding();
  }
  std::optional<duckdb::ColumnBinding> found;
  duckdb::ExpressionIterator::EnumerateChildren(expression, [&](const duckdb::Expression& child) {
    if (!found) found = ColumnIn(child);
  });
  return found;
}

// The window whose row_number() says which file of its folder a row goes to. Each task has its own
// files, and numbers the rows that it has.
std::optional<duckdb::TableIndex> FileNumbers(duckdb::LogicalCopyToFile& copy) {
  if (copy.names.back() != duckdb::Identifier(engine::kFileNumber)) return std::nullopt;
  duckdb::LogicalOperator* op = copy.children[0].get();
  std::optional<duckdb::ColumnBinding> column = op->GetColumnBindings().back();
  while (column && op->type == Type::LOGICAL_PROJECTION) {
    column = ColumnIn(*op->expressions[column->column_index]);
    op = op->children[0].get();
  }
  if (!column || op->type != Type::LOGICAL_WINDOW || op->expressions.size() != 1) {
    return std::nullopt;
  }
  auto index = op->Cast<duckdb::LogicalWindow>().window_index;
  if (column->table_index != index) return std::nullopt;
  return index;
}

}  // namespace

void Cutter::RunWrite() {
  auto& copy = root_->Cast<duckdb::LogicalCopyToFile>();
  copy.copy_info->select_statement.reset();  // it is bound: what it would say is in the plan
  // With files that are one task's each, rows are counted where they have met.
  if (options_.files == 0) file_numbers_ = FileNumbers(copy);
  Distribution rows = Visit(root_->children[0]);
  rows = ToWriters(root_->children[0], std::move(rows));
  int stage = AddStage(std::move(root_), rows, {});
  graph_.stages[stage].writes = true;
}

// Rows of a file to the one task that writes it.
Distribution Cutter::ToWriters(Operator& child, Distribution rows) {
  auto& copy = root_->Cast<duckdb::LogicalCopyToFile>();
  if (options_.files == 1) return Gather(child, rows);
  if (rows.IsSingle()) return rows;
  Expressions columns = ColumnsOf(*child);
  if (options_.one_for_each_folder) {
    Expressions keys;
    for (auto column : copy.partition_columns) keys.push_back(columns[column]->Copy());
    return Shuffle(child, rows, keys);
  }
  if (options_.files == 0 || copy.names.back() != duckdb::Identifier(engine::kNumberedFile))
    return rows;
  // Evenly, and in the order of their numbers.
  Partitioning output{Partitioning::Kind::kRange, {}, options_.tasks, {}};
  for (int task = 1; task < options_.tasks; ++task) {
    output.bounds.push_back((options_.files * task + options_.tasks - 1) / options_.tasks);
  }
  Expressions number;
  number.push_back(std::move(columns.back()));
  return ShuffleBy(child, rows, number, std::move(output));
}

std::optional<std::string> WriteBelow(duckdb::LogicalOperator& plan, const std::string& name) {
  if (plan.type != Type::LOGICAL_COPY_TO_FILE) return std::nullopt;
  auto& copy = plan.Cast<duckdb::LogicalCopyToFile>();
  if (copy.partition_output) return copy.file_path += "/" + name;
  std::string folder = sources::ParentPath(copy.file_path) + "/" + name;
  copy.file_path = folder + "/" + std::string(sources::BaseName(copy.file_path));
  return folder;
}

}  // namespace pyrite::stages
