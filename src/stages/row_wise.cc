#include "duckdb/common/string_util.hpp"
#include "duckdb/planner/expression/bound_cast_expression.hpp"
#include "duckdb/planner/expression/bound_function_expression.hpp"
#include "stages/cutter.h"

namespace pyrite::stages {
namespace {

using duckdb::BoundColumnRefExpression;
using duckdb::BoundFunctionExpression;

// What DuckDB makes of keys for the time of an operator, one to one.
constexpr char kCompress[] = "__internal_compress_";
constexpr char kDecompress[] = "__internal_decompress_";

// An integer as one of another width, which it fits.
std::optional<Carried> CastIn(const BoundFunctionExpression& cast, duckdb::ColumnBinding to) {
  const duckdb::Expression& child = duckdb::BoundCastExpression::Child(cast);
  bool keeps_values = !duckdb::BoundCastExpression::IsTryCast(cast) &&
                      cast.GetReturnType().IsIntegral() && child.GetReturnType().IsIntegral();
  if (!keeps_values) return std::nullopt;
  auto inner = ColumnIn(child, to);
  if (!inner || inner->as != Carried::As::kIs) return std::nullopt;
  inner->as = Carried::As::kCastOf;
  inner->type = cast.GetReturnType();
  return inner;
}

}  // namespace

std::optional<Carried> ColumnIn(const duckdb::Expression& item, duckdb::ColumnBinding to) {
  if (item.GetExpressionClass() == duckdb::ExpressionClass::BOUND_COLUMN_REF) {
    return Carried{item.Cast<BoundColumnRefExpression>().Binding(), to, Carried::As::kIs, {}};
  }
  if (item.GetExpressionClass() != duckdb::ExpressionClass::BOUND_FUNCTION) return std::nullopt;
  const auto& call = item.Cast<BoundFunctionExpression>();
  if (duckdb::BoundCastExpression::IsCast(item)) return CastIn(call, to);
  const std::string& name = call.Function().GetName().GetIdentifierName();
  bool compresses = duckdb::StringUtil::StartsWith(name, kCompress);
  if (!compresses && !duckdb::StringUtil::StartsWith(name, kDecompress)) return std::nullopt;
  auto inner = ColumnIn(*call.GetChildren()[0], to);
  if (!inner || inner->as != Carried::As::kIs) return std::nullopt;
  inner->as = compresses ? Carried::As::kImageOf : Carried::As::kPreimageOf;
  return inner;
}

// Projections, filters and unnests: each row by itself, wherever it is.
Distribution Cutter::VisitRowWise(Operator& op) {
  Distribution rows = Visit(op->children[0]);
  if (op->type != duckdb::LogicalOperatorType::LOGICAL_PROJECTION) return rows;
  auto& project = op->Cast<duckdb::LogicalProjection>();
  std::vector<Carried> columns;
  for (size_t i = 0; i < project.expressions.size(); ++i) {
    duckdb::ColumnBinding to(project.table_index, duckdb::ProjectionIndex(i));
    if (auto column = ColumnIn(*project.expressions[i], to)) columns.push_back(*column);
  }
  return CarriedBy(std::move(rows), columns);
}

// Whoever reads the rows has to see the same.
Distribution Cutter::VisitDraws(Operator& op) {
  Distribution rows = VisitRowWise(op);
  rows.repeatable = false;
  return rows;
}

}  // namespace pyrite::stages
