// What picks or moves rows and leaves the columns: distinct, partitions, metrics.

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/expr/naming.h"
#include "analyzer/query/query.h"
#include "analyzer/query/select.h"
#include "analyzer/query/watermark.h"
#include "plan/walk.h"
#include "spec/attribute_name.h"
#include "spec/stream.h"

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
    for (const plan::Column& column : input.plan->output) {
      if (column.metadata.find("spark.watermarkDelayMs") == std::string::npos) continue;
      throw errors::UnsupportedFeature("dropDuplicatesWithinWatermark");
    }
    throw SparkError("_LEGACY_ERROR_TEMP_3102",
                     {{"msg", "dropDuplicatesWithinWatermark needs a stream with a watermark."}});
  }
  DropHidden(input);
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
  return SameColumns(
      input, plan::Repartition{input.plan, node.num_partitions, {}, node.shuffle, false, {}});
}

namespace {

// As connect/ calls it.
constexpr char kPartitionIdFunction[] = "direct_shuffle_partition_id";

// repartitionById: the number that an expression gives, within the number of partitions.
Resolved ToPartitions(const spec::Expression& number, int32_t count, const Resolved& input,
                      Analysis& analysis) {
  Environment names{analysis, {input.scope}};
  plan::ExpressionPtr id = ResolveExpression(number, names);
  if (!id->type.Is(TypeKind::kInteger)) {
    throw errors::UnexpectedInputType(
        "direct_shuffle_partition_id(" + PrettyName(number, names) + ")", "first",
        errors::Quoted("INT"), PrettyName(number, names), id->type.ToSql());
  }
  id = CallFunction("coalesce", {id, plan::MakeConstant(Literal::Int(0))}, analysis);
  return SameColumns(input, plan::Repartition{input.plan, count, {std::move(id)}, true, true, {}});
}

}  // namespace

Resolved ResolveRepartitionBy(const spec::RepartitionByExpression& node, Resolved input,
                              Analysis& analysis) {
  Environment names{analysis, {input.scope}};
  auto* call = node.expressions.size() == 1 ? node.expressions[0]->TryAs<spec::UnresolvedFunction>()
                                            : nullptr;
  if (call && call->name_parts.back() == kPartitionIdFunction && node.num_partitions) {
    return ToPartitions(*call->arguments.at(0), *node.num_partitions, input, analysis);
  }
  if (input.select) names.scopes.push_back(input.select->input.scope);
  plan::Repartition result{input.plan, node.num_partitions.value_or(0), {}, true, false, {}};
  for (const spec::ExpressionPtr& expression : node.expressions) {
    plan::SortKey key = ResolveSortKey(*expression, names);
    // What stands below the select list only says where rows go: their order is any.
    if (input.select && !OnlyNeeds(*key.child, *input.scope, *input.select)) continue;
    if (expression->TryAs<spec::SortOrder>()) {
      result.range_keys.push_back(std::move(key));
    } else {
      result.expressions.push_back(std::move(key.child));
    }
  }
  return SameColumns(input, std::move(result));
}

// Hints about partitions. Others are advice for another planner: the rows are the same.
Resolved ResolveHint(const spec::Hint& node, Resolved input, Analysis& analysis) {
  if (node.name == spec::kWatermark) return ResolveWatermark(node, std::move(input), analysis);
  std::string name = FoldCase(node.name, false);
  bool by_range = name == "repartition_by_range";
  spec::RepartitionByExpression wish;
  for (const spec::ExpressionPtr& parameter : node.parameters) {
    auto* number = parameter->TryAs<spec::LiteralValue>();
    auto* count = number ? std::get_if<int64_t>(&number->literal.value.storage) : nullptr;
    auto* column = number ? std::get_if<std::string>(&number->literal.value.storage) : nullptr;
    if (count) {
      wish.num_partitions = static_cast<int32_t>(*count);
      continue;
    }
    const auto make = [](auto node) {
      return std::make_shared<const spec::Expression>(spec::Expression{std::move(node), {}});
    };
    spec::ExpressionPtr key =
        column ? make(spec::UnresolvedAttribute{spec::ParseAttributeName(*column)}) : parameter;
    wish.expressions.push_back(by_range ? make(spec::SortOrder{key}) : key);
  }
  if (name == "coalesce" && wish.num_partitions) {
    return ResolveRepartition({nullptr, *wish.num_partitions, false}, input, analysis);
  }
  if (!by_range && name != "repartition") return input;
  if (!wish.expressions.empty()) return ResolveRepartitionBy(wish, std::move(input), analysis);
  return ResolveRepartition({nullptr, wish.num_partitions.value_or(0), true}, input, analysis);
}

namespace {

// Raises for functions that Spark does not take in a metric.
void CheckAggregates(const plan::Expression& e, const std::string& metric, bool inside_aggregate) {
  const auto fail = [&](const char* condition) {
    throw SparkError(std::string("INVALID_OBSERVED_METRICS.") + condition,
                     {{"expr", "\"" + metric + "\""}});
  };
  if (e.TryAs<plan::WindowCall>()) fail("WINDOW_EXPRESSIONS_UNSUPPORTED");
  const auto* call = e.TryAs<plan::Call>();
  if (call != nullptr && !inside_aggregate && !functions::IsDeterministic(*call->function)) {
    fail("NON_AGGREGATE_FUNC_ARG_IS_NON_DETERMINISTIC");
  }
  const auto* aggregate = e.TryAs<plan::AggregateCall>();
  if (aggregate != nullptr) {
    if (inside_aggregate) fail("NESTED_AGGREGATES_UNSUPPORTED");
    if (aggregate->distinct) fail("AGGREGATE_EXPRESSION_WITH_DISTINCT_UNSUPPORTED");
    if (aggregate->filter) fail("AGGREGATE_EXPRESSION_WITH_FILTER_UNSUPPORTED");
  }
  plan::ForEachChild(e, [&](const plan::ExpressionPtr& child) {
    CheckAggregates(*child, metric, inside_aggregate || aggregate != nullptr);
  });
}

}  // namespace

Resolved ResolveCollectMetrics(const spec::CollectMetrics& node, Resolved input,
                               Analysis& analysis) {
  Environment names{analysis, {input.scope}};
  if (node.name.empty()) {
    throw SparkError("", "", "java.lang.IllegalArgumentException",
                     "Observed metrics need a name that is not empty.");
  }
  plan::CollectMetrics result{input.plan, node.name, {}};
  for (const spec::ExpressionPtr& metric : node.metrics) {
    plan::ExpressionPtr value = ResolveExpression(*metric, names);
    CheckMetric(*value);
    plan::Column column{plan::NextColumnId(), ColumnName(*metric, names), value->type,
                        value->nullable, ""};
    CheckAggregates(*value, column.name, false);
    result.metrics.push_back({std::move(column), std::move(value)});
  }
  return SameColumns(input, std::move(result));
}

}  // namespace pyrite::analyzer
