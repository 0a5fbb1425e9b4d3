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
  // Where a file is one task's, rows are counted when they have met.
  if (!options_.files.any()) file_numbers_ = FileNumbers(copy);
  Distribution rows = Visit(root_->children[0]);
  int tasks = options_.tasks;
  rows = ToWriters(root_->children[0], std::move(rows), tasks);
  int stage = AddStage(std::move(root_), rows, {});
  graph_.stages[stage].writes = true;
  if (!rows.IsSingle()) graph_.stages[stage].tasks = tasks;
}

// Rows of a file to the one task that writes it; `tasks` of them may be fewer.
Distribution Cutter::ToWriters(Operator& child, Distribution rows, int& tasks) {
  auto& copy = root_->Cast<duckdb::LogicalCopyToFile>();
  const FilesWanted& wanted = options_.files;
  if (wanted.count == 1) return Gather(child, rows);
  // Those that are counted have met.
  bool are_counted = copy.names.back() == duckdb::Identifier(engine::kFileNumber);
  if (rows.IsSingle() || are_counted || !wanted.any()) return rows;
  if (wanted.most > 0) {
    if (wanted.most >= tasks) return rows;
    tasks = static_cast<int>(wanted.most);
    Distribution to = Cross(child, rows, {}, Read::kForward);
    to.kind = Distribution::Kind::kSplit;
    return to;
  }
  Expressions columns = ColumnsOf(*child);
  Expressions keys;
  if (wanted.one_a_folder) {
    for (auto column : copy.partition_columns) keys.push_back(columns[column]->Copy());
    return Shuffle(child, rows, keys);
  }
  // Evenly, and in the order of their numbers.
  Partitioning output{Partitioning::Kind::kRange, {}, tasks, {}};
  for (int task = 1; task < tasks; ++task) {
    output.bounds.push_back((wanted.count * task + tasks - 1) / tasks);
  }
  keys.push_back(std::move(columns.back()));
  return ShuffleBy(child, rows, keys, std::move(output));
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
