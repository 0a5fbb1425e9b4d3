#include "stages/cutter.h"

namespace pyrite::stages {
namespace {

// The column that carries `key` through the projection.
std::optional<duckdb::ColumnBinding> Carried(const duckdb::LogicalProjection& project,
                                             const duckdb::ColumnBinding& key) {
  for (size_t i = 0; i < project.expressions.size(); ++i) {
    const auto& item = *project.expressions[i];
    if (item.GetExpressionClass() == duckdb::ExpressionClass::BOUND_COLUMN_REF &&
        item.Cast<duckdb::BoundColumnRefExpression>().Binding() == key) {
      return duckdb::ColumnBinding(project.table_index, duckdb::ProjectionIndex(i));
    }
  }
  return std::nullopt;
}

}  // namespace

// Projections, filters and unnests: each row by itself, wherever it is.
Distribution Cutter::VisitRowWise(Operator& op) {
  Distribution rows = Visit(op->children[0]);
  if (op->type != duckdb::LogicalOperatorType::LOGICAL_PROJECTION) return rows;
  if (rows.kind != Distribution::Kind::kHash) return rows;
  auto& project = op->Cast<duckdb::LogicalProjection>();
  for (auto& key : rows.keys) {
    auto carried = Carried(project, key);
    if (!carried) {
      rows.kind = Distribution::Kind::kSplit;
      rows.keys.clear();
      return rows;
    }
    key = *carried;
  }
  return rows;
}

}  // namespace pyrite::stages
