// Aggregates of aggregates, as count(DISTINCT x) is one: distinct x in each group, then their
// number. When the rows of the lower one go to tasks by the groups of the upper one, they are there
// for both, and only the lower one's states travel.
#include "stages/cutter.h"

namespace pyrite::stages {
namespace {

constexpr double kGroupsForTask = 64;  // with fewer of them some tasks have much more to do

const duckdb::BoundColumnRefExpression* PlainColumn(const duckdb::Expression& item) {
  if (item.GetExpressionClass() != duckdb::ExpressionClass::BOUND_COLUMN_REF) return nullptr;
  return &item.Cast<duckdb::BoundColumnRefExpression>();
}

// The columns of the child that these of the projection are; none when one is computed.
std::optional<Bindings> Below(const duckdb::LogicalProjection& project, const Bindings& columns) {
  Bindings below;
  for (const auto& column : columns) {
    auto carried = ColumnIn(*project.expressions[column.column_index.GetIndex()], column);
    if (!carried) return std::nullopt;
    below.push_back(carried->from);
  }
  return below;
}

}  // namespace

void Cutter::WantGroupsOf(duckdb::LogicalAggregate& upper) {
  if (upper.groups.empty() || upper.grouping_sets.size() > 1) return;
  Bindings columns;
  for (const auto& group : upper.groups) {
    const auto* column = PlainColumn(*group);
    if (column == nullptr) return;
    columns.push_back(column->Binding());
  }
  const duckdb::LogicalOperator* op = upper.children[0].get();
  while (op->type == duckdb::LogicalOperatorType::LOGICAL_PROJECTION) {
    auto below = Below(op->Cast<duckdb::LogicalProjection>(), columns);
    if (!below) return;
    columns = std::move(*below);
    op = op->children[0].get();
  }
  if (op->type != duckdb::LogicalOperatorType::LOGICAL_AGGREGATE_AND_GROUP_BY) return;
  const auto& lower = op->Cast<duckdb::LogicalAggregate>();
  std::vector<int> groups;
  for (const auto& column : columns) {
    if (column.table_index != lower.group_index) return;
    groups.push_back(static_cast<int>(column.column_index.GetIndex()));
  }
  if (RowsOf(upper) >= kGroupsForTask * options_.tasks) wanted_groups_[&lower] = groups;
}

std::vector<int> Cutter::KeysOfGroups(const duckdb::LogicalAggregate& aggregate) const {
  auto wanted = wanted_groups_.find(&aggregate);
  if (wanted != wanted_groups_.end()) return wanted->second;
  std::vector<int> all(aggregate.groups.size());
  for (size_t i = 0; i < all.size(); ++i) all[i] = static_cast<int>(i);
  return all;
}

}  // namespace pyrite::stages
