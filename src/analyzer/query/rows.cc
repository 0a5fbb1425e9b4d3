// What picks or moves rows and leaves the columns: distinct, partitions, metrics.

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/expr/naming.h"
#include "analyzer/query/query.h"
#include "plan/walk.h"

namespace pyrite::analyzer {
namespace {

template <typename Node>
Resolved SameColumns(const Resolved& input, Node node) {
  plan::Columns output = input.plan->output;
  return {plan::MakeRelation(std::move(node), std::move(output)), PassScope(input.scope), nullptr};
}

void CheckMetric(const plan::Expression& value) {
  if (value.kind() == plan::ExpressionKind::kAggregateCall) return;
  if (auto* ref = value.TryAs<plan::ColumnRef>()) {
    throw SparkError("INVALID_OBSERVED_METRICS.NON_AGGREGATE_FUNC_ARG_IS_ATTRIBUTE",
                     {{"expr", errors::Quoted(ref->name)}});
  }
  plan::ForEachChild(value, [](const plan::ExpressionPtr& child) { CheckMetric(*child); });
}

}  // namespace

Resolved ResolveDeduplicate(const spec::Deduplicate& node, Resolved input, Analysis&) {
  if (node.within_watermark) {
    throw SparkError("_LEGACY_ERROR_TEMP_3102",
                     {{"msg", "dropDuplicatesWithinWatermark needs a stream with a watermark."}});
  }
  input.plan = Materialize(input);
  for (const plan::Column& column : input.plan->output) {
    if (!node.all_columns || !column.type.Is(TypeKind::kMap)) continue;
    throw SparkError("UNSUPPORTED_FEATURE.SET_OPERATION_ON_MAP_TYPE",
                     {{"colName", errors::QuoteName({column.name})},
                      {"dataType", errors::Quoted(column.type.ToSql())}});
  }
  plan::Deduplicate result{input.plan, {}};
  for (const std::string& name : node.column_names) {
    auto columns = input.scope->columns->Named(name);
    if (columns.empty()) {
      std::string names;
      for (const ScopeColumn& column : input.scope->columns->all()) {
        names += (names.empty() ? "" : ", ") + column.column.name;
      }
      throw SparkError("CONNECT_INVALID_PLAN.UNRESOLVED_COLUMN_AMONG_FIELD_NAMES",
                       {{"colName", name}, {"fieldNames", names}});
    }
    for (const ScopeColumn* column : columns) result.keys.push_back(column->column.id);
  }
  return SameColumns(input, std::move(result));
}

Resolved ResolveRepartition(const spec::Repartition& node, Resolved input, Analysis&) {
  return SameColumns(input, plan::Repartition{input.plan, node.num_partitions, {}, node.shuffle});
}

Resolved ResolveRepartitionBy(const spec::RepartitionByExpression& node, Resolved input,
                              Analysis& analysis) {
  Environment names{analysis, {input.scope}};
  plan::Repartition result{input.plan, node.num_partitions.value_or(0), {}, true};
  for (const spec::ExpressionPtr& expression : node.expressions) {
    result.expressions.push_back(ResolveSortKey(*expression, names).child);
  }
  return SameColumns(input, std::move(result));
}

Resolved ResolveCollectMetrics(const spec::CollectMetrics& node, Resolved input,
                               Analysis& analysis) {
  Environment names{analysis, {input.scope}};
  plan::CollectMetrics result{input.plan, node.name, {}};
  for (const spec::ExpressionPtr& metric : node.metrics) {
    plan::ExpressionPtr value = ResolveExpression(*metric, names);
    CheckMetric(*value);
    plan::Column column{plan::NextColumnId(), ColumnName(*metric, names), value->type,
                        value->nullable, ""};
    result.metrics.push_back({std::move(column), std::move(value)});
  }
  return SameColumns(input, std::move(result));
}

}  // namespace pyrite::analyzer
