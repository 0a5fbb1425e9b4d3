#include "duckdb/parser/expression/conjunction_expression.hpp"
#include "duckdb/parser/expression/operator_expression.hpp"
#include "lower/expression/function_target.h"
#include "lower/lowering.h"
#include "lower/nested_order.h"
#include "lower/type.h"

namespace pyrite::lower {
namespace {

// A bare number in GROUP BY would be a position in the select list.
AstExpression AsGroup(AstExpression expression, const DataType& type) {
  if (expression->GetExpressionClass() != duckdb::ExpressionClass::CONSTANT) return expression;
  return MakeAstCast(std::move(expression), PhysicalType(type));
}

AstExpressions CopyAll(const AstExpressions& expressions) {
  AstExpressions copies;
  for (const AstExpression& expression : expressions) copies.push_back(expression->Copy());
  return copies;
}

}  // namespace

AstExpression Lowering::LowerAggregateCall(const plan::AggregateCall& call, const DataType& type) {
  FunctionTarget target = TargetOf(*call.function, call.mode);
  AstExpression filter = call.filter == nullptr ? nullptr : Lower(call.filter);
  if (call.ignore_nulls && !call.arguments.empty()) {
    AstExpression present = duckdb::make_uniq<duckdb::OperatorExpression>(
        duckdb::ExpressionType::OPERATOR_IS_NOT_NULL, Lower(call.arguments.front()));
    filter = filter == nullptr ? std::move(present)
                               : duckdb::make_uniq<duckdb::ConjunctionExpression>(
                                     duckdb::ExpressionType::CONJUNCTION_AND, std::move(filter),
                                     std::move(present));
  }
  duckdb::unique_ptr<duckdb::OrderModifier> order;
  if (!call.order_by.empty()) {
    order = duckdb::make_uniq<duckdb::OrderModifier>();
    order->orders = LowerKeys(call.order_by);
  }
  std::string name = target.name;
  AstExpressions arguments = Lower(call.arguments);
  if (name == "count" && arguments.empty()) name = "count_star";
  name = ExtremeByKeys(name, call.arguments, &arguments);
  AstExpression result = duckdb::make_uniq<duckdb::FunctionExpression>(
      duckdb::Identifier(name), std::move(arguments), std::move(filter), std::move(order),
      call.distinct);
  return target.cast_result ? AsResult(std::move(result), name, call.mode, type)
                            : std::move(result);
}

Select Lowering::LowerAggregate(const plan::Aggregate& node) {
  Select select = Lower(node.input);
  duckdb::GroupByNode groups;
  AstExpressions items;
  for (const plan::NamedExpression& group : node.groups) {
    AstExpression expression = AsGroup(Lower(group.expression), group.column.type);
    groups.group_expressions.push_back(expression->Copy());
    items.push_back(Named(std::move(expression), group.column.id));
  }
  if (node.grouping_sets.empty() && !node.groups.empty()) {
    groups.grouping_sets.emplace_back();
    for (size_t i = 0; i < node.groups.size(); ++i) {
      groups.grouping_sets.back().insert(duckdb::ProjectionIndex(i));
    }
  }
  for (const std::vector<size_t>& set : node.grouping_sets) {
    groups.grouping_sets.emplace_back();
    for (size_t index : set) groups.grouping_sets.back().insert(duckdb::ProjectionIndex(index));
  }
  for (AstExpression& item : LowerNamed(node.aggregates)) items.push_back(std::move(item));
  if (node.grouping_id.has_value()) {
    AstExpression id = MakeValue(duckdb::Value::BIGINT(0));
    if (!node.groups.empty()) {
      id = duckdb::make_uniq<duckdb::OperatorExpression>(duckdb::ExpressionType::GROUPING_FUNCTION,
                                                         CopyAll(groups.group_expressions));
    }
    items.push_back(
        Named(MakeAstCast(std::move(id), duckdb::LogicalType::BIGINT), node.grouping_id->id));
  }
  if (items.empty()) items.push_back(MakeFunction("count_star", AstExpressions()));
  select.Group(std::move(groups), std::move(items));
  return select;
}

Select Lowering::LowerDeduplicate(const plan::Deduplicate& node) {
  Select select = Lower(node.input);
  AstExpressions keys;
  for (plan::ColumnId key : node.keys) keys.push_back(MakeColumn(key));
  select.DistinctOn(std::move(keys));
  return select;
}

}  // namespace pyrite::lower
