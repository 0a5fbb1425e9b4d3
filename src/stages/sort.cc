#include "duckdb/catalog/catalog.hpp"
#include "duckdb/catalog/catalog_entry/aggregate_function_catalog_entry.hpp"
#include "duckdb/function/function_binder.hpp"
#include "duckdb/planner/expression/bound_comparison_expression.hpp"
#include "duckdb/planner/expression/bound_constant_expression.hpp"
#include "stages/cutter.h"
#include "stages/sort_ranges.h"

namespace pyrite::stages {
namespace {

constexpr double kTimesLeast = 20;     // of what is worth cutting: one task sorts fewer as soon
constexpr double kSampleRows = 20000;  // in all

using ExpressionPtr = duckdb::unique_ptr<duckdb::Expression>;

ExpressionPtr Constant(duckdb::Value value) {
  return duckdb::make_uniq<duckdb::BoundConstantExpression>(std::move(value));
}

ExpressionPtr Call(duckdb::ClientContext& context, const char* name, Expressions arguments) {
  return duckdb::FunctionBinder(context).BindScalarFunction(
      duckdb::Identifier::DefaultSchema(), duckdb::Identifier(name), std::move(arguments));
}

template <typename... T>
Expressions ListOf(T... items) {
  Expressions list;
  (list.push_back(std::move(items)), ...);
  return list;
}

// Bytes, or a number, in the order of the rows.
ExpressionPtr SortKey(duckdb::ClientContext& context, const duckdb::LogicalOrder& order,
                      const Bindings& from, const Bindings& to) {
  duckdb::ColumnBindingReplacer replacer;
  for (size_t i = 0; i < from.size(); ++i)
    replacer.replacement_bindings.emplace_back(from[i], to[i]);
  Expressions arguments;
  for (const auto& item : order.orders) {
    arguments.push_back(item.expression->Copy());
    replacer.VisitExpression(&arguments.back());
    arguments.push_back(Constant(duckdb::Value(item.GetOrderModifier())));
  }
  return Call(context, "create_sort_key", std::move(arguments));
}

// Whether the number of its rows is more than a guess, as that of groups is.
bool HasCountedRows(const duckdb::LogicalOperator& op) {
  const auto* below = &op;
  while (below->type == duckdb::LogicalOperatorType::LOGICAL_PROJECTION ||
         below->type == duckdb::LogicalOperatorType::LOGICAL_FILTER) {
    below = below->children[0].get();
  }
  return below->type != duckdb::LogicalOperatorType::LOGICAL_AGGREGATE_AND_GROUP_BY &&
         below->type != duckdb::LogicalOperatorType::LOGICAL_DISTINCT;
}

Operator Above(duckdb::unique_ptr<duckdb::LogicalOperator> op, Operator child) {
  op->children.push_back(std::move(child));
  op->ResolveOperatorTypes();
  return op;
}

}  // namespace

duckdb::LogicalOperator* OrderOfResult(duckdb::LogicalOperator& root) {
  duckdb::LogicalOperator* op = &root;
  while (op->type == duckdb::LogicalOperatorType::LOGICAL_PROJECTION) op = op->children[0].get();
  return op->type == duckdb::LogicalOperatorType::LOGICAL_ORDER_BY ? op : nullptr;
}

Distribution Cutter::VisitOrder(Operator& op) {
  bool is_counted = HasCountedRows(*op->children[0]);
  Distribution rows = Visit(op->children[0]);
  bool is_result = op.get() == order_of_result_;
  if (!is_result || !is_counted || rows.IsSingle() || rows.pinned ||
      RowsOf(*op->children[0]) < kTimesLeast * options_.least_rows) {
    return Single(op, {rows});
  }
  rows.Forget();
  SpreadByOrder(*op, rows);
  return rows;
}

// rows -> a sample's keys -> bounds between tasks -> each row to its task
void Cutter::SpreadByOrder(duckdb::LogicalOperator& op, const Distribution& rows) {
  auto& order = op.Cast<duckdb::LogicalOrder>();
  Operator& child = op.children[0];
  Bindings columns = child->GetColumnBindings();
  double count = RowsOf(*child);
  int made = AddStage(std::move(child), rows, {});
  int sample = AddStage(SampleOf(made, order, columns, count), rows, {});

  Operator read = ReadStage(made, Read::kForward, binder_.GenerateTableIndex());
  Bindings own = read->GetColumnBindings();
  Expressions items = ColumnsOf(*read);
  Operator bounds = BoundsFrom(sample);
  Expressions range =
      ListOf(SortKey(context_, order, columns, own), std::move(ColumnsOf(*bounds)[0]));
  items.push_back(Call(context_, kRangeFunction, std::move(range)));
  auto spread = Above(
      duckdb::make_uniq<duckdb::LogicalProjection>(binder_.GenerateTableIndex(), std::move(items)),
      duckdb::LogicalCrossProduct::Create(std::move(read), std::move(bounds)));
  spread->SetEstimatedCardinality(static_cast<duckdb::idx_t>(count));

  Partitioning output{
      Partitioning::Kind::kRange, {static_cast<int>(own.size())}, options_.tasks, {}};
  for (int task = 1; task < options_.tasks; ++task) output.bounds.push_back(task);
  int stage = AddStage(std::move(spread), rows, std::move(output));
  child =
      FirstColumns(ReadStage(stage, Read::kPartition, binder_.GenerateTableIndex()), own.size());
  Rebind(columns, child->GetColumnBindings());
}

// The sort keys of some rows: the same ones when it is made again, so that bounds stay.
Operator Cutter::SampleOf(int stage, const duckdb::LogicalOrder& order, const Bindings& columns,
                          double count) {
  Operator read = ReadStage(stage, Read::kForward, binder_.GenerateTableIndex());
  Bindings own = read->GetColumnBindings();
  auto one_of = static_cast<uint64_t>(std::max(1.0, count / kSampleRows));
  auto rest = Call(
      context_, "%",
      ListOf(Call(context_, "hash", ColumnsOf(*read)), Constant(duckdb::Value::UBIGINT(one_of))));
  auto chosen = duckdb::BoundComparisonExpression::Create(
      duckdb::ExpressionType::COMPARE_EQUAL, std::move(rest), Constant(duckdb::Value::UBIGINT(0)));
  auto some = Above(duckdb::make_uniq<duckdb::LogicalFilter>(std::move(chosen)), std::move(read));
  some->SetEstimatedCardinality(static_cast<duckdb::idx_t>(kSampleRows));
  auto keys =
      Above(duckdb::make_uniq<duckdb::LogicalProjection>(
                binder_.GenerateTableIndex(), ListOf(SortKey(context_, order, columns, own))),
            std::move(some));
  keys->SetEstimatedCardinality(static_cast<duckdb::idx_t>(kSampleRows));
  return keys;
}

Operator Cutter::BoundsFrom(int sample) {
  Operator keys = ReadStage(sample, Read::kAll, binder_.GenerateTableIndex());
  auto& list =
      duckdb::Catalog::GetSystemCatalog(context_).GetEntry<duckdb::AggregateFunctionCatalogEntry>(
          context_,
          duckdb::QualifiedName(duckdb::Identifier(SYSTEM_CATALOG),
                                duckdb::Identifier::DefaultSchema(), duckdb::Identifier("list")));
  ExpressionPtr all = duckdb::FunctionBinder(context_).BindAggregateFunction(
      list.functions.GetFunctionByOffset(0), ColumnsOf(*keys));
  auto gathered =
      Above(duckdb::make_uniq<duckdb::LogicalAggregate>(
                binder_.GenerateTableIndex(), binder_.GenerateTableIndex(), ListOf(std::move(all))),
            std::move(keys));
  gathered->SetEstimatedCardinality(1);
  auto bounds = Call(
      context_, kBoundsFunction,
      ListOf(std::move(ColumnsOf(*gathered)[0]), Constant(duckdb::Value::INTEGER(options_.tasks))));
  auto one = Above(duckdb::make_uniq<duckdb::LogicalProjection>(binder_.GenerateTableIndex(),
                                                                ListOf(std::move(bounds))),
                   std::move(gathered));
  one->SetEstimatedCardinality(1);
  return one;
}

}  // namespace pyrite::stages
