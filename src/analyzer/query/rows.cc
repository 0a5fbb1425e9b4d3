// What picks or moves rows and leaves the columns: distinct, samples, partitions, metrics.

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/expr/naming.h"
#include "analyzer/query/query.h"

namespace pyrite::analyzer {
namespace {

template <typename Node>
Resolved SameColumns(const Resolved& input, Node node) {
  plan::Columns output = input.plan->output;
  return {plan::MakeRelation(std::move(node), std::move(output)), PassScope(input.scope), nullptr};
}

}  // namespace

Resolved ResolveDeduplicate(const spec::Deduplicate& node, Resolved input, Analysis&) {
  if (node.within_watermark) throw errors::UnsupportedFeature("dropDuplicatesWithinWatermark");
  input.plan = Materialize(input);
  plan::Deduplicate result{input.plan, {}};
  for (const std::string& name : node.column_names) {
    auto columns = input.scope->columns->Named(name);
    if (columns.empty()) {
      throw errors::UnresolvedColumn(errors::QuoteName({name}), Suggestions({input.scope}, {name}));
    }
    for (const ScopeColumn* column : columns) result.keys.push_back(column->column.id);
  }
  return SameColumns(input, std::move(result));
}

Resolved ResolveSample(const spec::Sample& node, Resolved input, Analysis&) {
  if (node.rows) {
    plan::RelationPtr plan = plan::MakeLimit(
        input.plan, plan::MakeConstant(Literal::Int(static_cast<int32_t>(*node.rows))), nullptr);
    return {std::move(plan), PassScope(input.scope), nullptr};
  }
  return SameColumns(input, plan::Sample{input.plan, node.lower_bound, node.upper_bound,
                                         node.with_replacement, node.seed.value_or(0)});
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
    plan::Column column{plan::NextColumnId(), ColumnName(*metric, names), value->type,
                        value->nullable, ""};
    result.metrics.push_back({std::move(column), std::move(value)});
  }
  return SameColumns(input, std::move(result));
}

}  // namespace pyrite::analyzer
