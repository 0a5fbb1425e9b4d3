#include "duckdb/parser/expression/conjunction_expression.hpp"
#include "duckdb/parser/expression/operator_expression.hpp"
#include "duckdb/parser/expression/window_expression.hpp"
#include "lower/expression/function_target.h"
#include "lower/lowering.h"
#include "lower/nested_order.h"
#include "lower/type.h"

namespace pyrite::lower {
namespace {

duckdb::WindowBoundary ToDuckDB(plan::WindowBound::Kind kind, bool is_range) {
  using Kind = plan::WindowBound::Kind;
  using duckdb::WindowBoundary;
  switch (kind) {
    case Kind::kUnboundedPreceding: return WindowBoundary::UNBOUNDED_PRECEDING;
    case Kind::kPreceding:
      return is_range ? WindowBoundary::EXPR_PRECEDING_RANGE : WindowBoundary::EXPR_PRECEDING_ROWS;
    case Kind::kCurrentRow:
      return is_range ? WindowBoundary::CURRENT_ROW_RANGE : WindowBoundary::CURRENT_ROW_ROWS;
    case Kind::kFollowing:
      return is_range ? WindowBoundary::EXPR_FOLLOWING_RANGE : WindowBoundary::EXPR_FOLLOWING_ROWS;
    case Kind::kUnboundedFollowing: return WindowBoundary::UNBOUNDED_FOLLOWING;
  }
  return WindowBoundary::INVALID;
}

bool IsRank(const std::string& name) {
  return name == "row_number" || name == "rank" || name == "dense_rank" || name == "ntile" ||
         name == "percent_rank" || name == "cume_dist" || name == "lag" || name == "lead";
}

// Day-time intervals are numbers inside DuckDB; a RANGE over dates or timestamps adds an INTERVAL.
AstExpression AsRangeOffset(AstExpression offset, const DataType& offset_type,
                            const std::vector<plan::SortKey>& order_by) {
  if (order_by.empty() || !order_by.front().child->type.IsDatetime()) return offset;
  if (offset_type.Is(TypeKind::kDayTimeInterval)) {
    return MakeFunction("to_microseconds", std::move(offset));
  }
  if (offset_type.Is(TypeKind::kYearMonthInterval)) {
    return MakeFunction("to_months", std::move(offset));
  }
  if (offset_type.IsIntegral()) return MakeFunction("to_days", std::move(offset));
  return offset;
}

// Aggregates over windows take no IGNORE NULLS.
void AddNotNull(AstExpression& filter, AstExpression value) {
  AstExpression present = duckdb::make_uniq<duckdb::OperatorExpression>(
      duckdb::ExpressionType::OPERATOR_IS_NOT_NULL, std::move(value));
  if (filter == nullptr) {
    filter = std::move(present);
    return;
  }
  filter = duckdb::make_uniq<duckdb::ConjunctionExpression>(duckdb::ExpressionType::CONJUNCTION_AND,
                                                            std::move(filter), std::move(present));
}

}  // namespace

AstExpression Lowering::LowerWindowCall(const plan::WindowCall& call, const DataType& type) {
  FunctionTarget target = TargetOf(*call.function, call.mode);
  std::string name = target.name;
  AstExpressions arguments = Lower(call.arguments);
  if (name == "count" && arguments.empty()) name = "count_star";
  if (name == "first" || name == "last") name += "_value";  // the aggregates do not skip NULLs
  name = ExtremeByKeys(name, call.arguments, &arguments);
  bool skips_nulls = name == "first_value" || name == "last_value" || name == "nth_value" ||
                     name == "lag" || name == "lead";
  auto window = duckdb::make_uniq<duckdb::WindowExpression>("", "", name);
  for (AstExpression& argument : arguments) {
    window->GetArgumentsMutable().emplace_back(std::move(argument));
  }
  window->PartitionsMutable() = Lower(call.partition_by);
  window->OrderByMutable() = LowerKeys(call.order_by);
  if (call.filter != nullptr) window->FilterMutable() = Lower(call.filter);
  if (call.ignore_nulls && !skips_nulls) {
    AddNotNull(window->FilterMutable(), Lower(call.arguments.front()));
  }
  window->DistinctMutable() = call.distinct;
  window->HasIgnoreNullsMutable() = call.ignore_nulls && skips_nulls;
  window->IgnoreNullsMutable() = call.ignore_nulls && skips_nulls;
  if (IsRank(name)) {  // their frame is fixed: DuckDB wants its own default
    window->WindowStartMutable() = duckdb::WindowBoundary::UNBOUNDED_PRECEDING;
    window->WindowEndMutable() = duckdb::WindowBoundary::CURRENT_ROW_RANGE;
  } else {
    window->WindowStartMutable() = ToDuckDB(call.lower.kind, call.is_range);
    window->WindowEndMutable() = ToDuckDB(call.upper.kind, call.is_range);
    auto offset = [&](const plan::WindowBound& bound) -> AstExpression {
      if (bound.offset == nullptr) return nullptr;
      AstExpression value = Lower(bound.offset);
      return call.is_range ? AsRangeOffset(std::move(value), bound.offset->type, call.order_by)
                           : std::move(value);
    };
    window->StartExprMutable() = offset(call.lower);
    window->EndExprMutable() = offset(call.upper);
  }
  return target.cast_result ? AsResult(std::move(window), name, call.mode, type)
                            : std::move(window);
}

Select Lowering::LowerWindow(const plan::Window& node) {
  Select select = Lower(node.input);
  select.AllAnd(LowerNamed(node.expressions));
  return select;
}

}  // namespace pyrite::lower
