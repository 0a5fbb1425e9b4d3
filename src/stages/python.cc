#include "lower/python/python_function.h"
#include "stages/cutter.h"

namespace pyrite::stages {
namespace {

// The columns that pass the function: the first ones of its rows, as they are.
std::vector<Carried> ColumnsKept(const duckdb::LogicalGet& get, const lower::PythonTask& task) {
  std::vector<Carried> columns;
  Bindings rows = get.children[0]->GetColumnBindings();
  const auto& ids = get.GetColumnIds();
  for (size_t i = 0; i < ids.size(); ++i) {
    duckdb::idx_t column = ids[i].GetPrimaryIndex();
    if (column >= task.kept) continue;
    duckdb::ColumnBinding to(get.table_index, duckdb::ProjectionIndex(i));
    columns.push_back({rows[column], to, Carried::As::kIs, {}});
  }
  return columns;
}

// What the rows are sorted by first, a group at a time.
Expressions KeysOf(const duckdb::LogicalOrder& order, size_t count) {
  Expressions keys;
  for (size_t i = 0; i < count; ++i) keys.push_back(order.orders[i].expression->Copy());
  return keys;
}

}  // namespace

bool HasSpread(const duckdb::LogicalOperator& op) {
  if (op.type == duckdb::LogicalOperatorType::LOGICAL_GET && !op.children.empty()) {
    auto task = lower::PythonTaskOf(op.Cast<duckdb::LogicalGet>());
    if (task && task->spreads) return true;
  }
  return std::any_of(op.children.begin(), op.children.end(),
                     [](const auto& child) { return HasSpread(*child); });
}

Distribution Cutter::VisitPython(Operator& op, const lower::PythonTask& task) {
  Operator& rows = op->children[0];
  Distribution from;
  if (task.is_of_rows() && !task.in_one) {
    from = Visit(rows);
    if (task.spreads && from.IsSingle() && !from.pinned) from = RoundRobin(rows, from);
  } else if (!task.is_of_rows() && task.kept > 0 &&
             rows->type == duckdb::LogicalOperatorType::LOGICAL_ORDER_BY) {
    from = VisitGroups(rows->Cast<duckdb::LogicalOrder>(), task);
  } else {
    return Single(op);
  }
  from.repeatable = false;
  if (task.keeps_columns())
    return CarriedBy(std::move(from), ColumnsKept(op->Cast<duckdb::LogicalGet>(), task));
  from.Forget();
  return from;
}

// Each group in one task, which sorts its own rows.
Distribution Cutter::VisitGroups(duckdb::LogicalOrder& order, const lower::PythonTask& task) {
  Operator& rows = order.children[0];
  Distribution from = Visit(rows);
  if (from.IsSingle() && (!task.spreads || from.pinned)) return from;
  Expressions keys = KeysOf(order, task.kept);
  return Collocate(from, keys) ? from : Shuffle(rows, from, keys);
}

}  // namespace pyrite::stages
