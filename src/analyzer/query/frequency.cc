// df.approxQuantile and df.freqItems.

#include <algorithm>

#include "analyzer/errors.h"
#include "analyzer/query/query.h"
#include "analyzer/query/replace_columns.h"

namespace pyrite::analyzer {
namespace {

using spec::ExpressionPtr;

ExpressionPtr As(ExpressionPtr value, std::string name) {
  return spec::Make(spec::Alias{std::move(value), {std::move(name)}, ""});
}

ExpressionPtr Number(double value) { return spec::Constant(Literal::Double(value)); }

// array<double>: the values at the probabilities; empty when there are none. NULL and NaN do not
// count.
ExpressionPtr Quantiles(const std::string& column, const spec::StatApproxQuantile& node) {
  ExpressionPtr value = spec::Make(spec::Cast{spec::Attribute(column), DataType::Double()});
  constexpr double kExact = 2147483647;
  double accuracy = node.relative_error > 0 ? 1 / node.relative_error : kExact;
  auto whole = static_cast<int32_t>(std::min(std::max(accuracy, 1.0), kExact));
  ExpressionPtr none =
      spec::Make(spec::Cast{spec::Call("array", {}), DataType::Array(DataType::Double(), false)});
  spec::Expressions values;
  for (double probability : node.probabilities) {
    spec::UnresolvedFunction call{
        {"percentile_approx"}, {value, Number(probability), spec::Constant(Literal::Int(whole))}};
    call.filter = spec::Call("not", {spec::Call("isnan", {value})});
    values.push_back(spec::Make(std::move(call)));
  }
  if (values.empty()) return none;
  ExpressionPtr is_empty = spec::Call("isnull", {values[0]});
  return spec::Call("if", {std::move(is_empty), std::move(none), spec::Call("array", values)});
}

void Check(const spec::StatApproxQuantile& node) {
  for (double probability : node.probabilities) {
    if (probability >= 0 && probability <= 1) continue;
    throw errors::IllegalArgument(
        "requirement failed: percentile should be in the range [0.0, 1.0]");
  }
  if (node.relative_error < 0) {
    throw errors::IllegalArgument(
        "requirement failed: Relative Error must be non-negative but got " +
        DoubleToString(node.relative_error));
  }
}

// The 1/support most frequent values: all that are in at least a share `support` of the rows, and
// as with Spark's algorithm others where there are few.
plan::ExpressionPtr FrequentValues(const std::string& column, double support, const Resolved& input,
                                   Analysis& analysis) {
  spec::Aggregate counted;
  counted.grouping_in_output = true;
  counted.grouping = {As(spec::Attribute(column), "v")};
  counted.aggregates = {As(spec::Call("count", {spec::Constant(Literal::Int(1))}), "n")};
  Resolved rows = ResolveAggregate(counted, input, analysis);
  ExpressionPtr v = spec::Attribute("v");
  rows = ResolveSort(
      {nullptr,
       {spec::Make(spec::SortOrder{spec::Attribute("n"), spec::SortDirection::kDescending}),
        spec::Make(spec::SortOrder{v, spec::SortDirection::kAscending, spec::NullOrdering::kLast})},
       true},
      std::move(rows), analysis);
  auto size = static_cast<int32_t>(1 / support);
  rows = ResolveLimit({nullptr, spec::Constant(Literal::Int(size))}, std::move(rows), analysis);
  // collect_list leaves NULL out, unless it stands in a struct.
  ExpressionPtr wrapped = spec::Call("collect_list", {spec::Call("struct", {As(v, "v")})});
  ExpressionPtr unwrap = spec::Make(spec::LambdaFunction{
      {"x"}, spec::Make(spec::UnresolvedAttribute{{"x", "v"}, std::nullopt, false})});
  spec::Aggregate collected;
  collected.aggregates = {As(spec::Call("transform", {wrapped, unwrap}), column)};
  rows = ResolveAggregate(collected, std::move(rows), analysis);
  plan::RelationPtr plan = Materialize(rows);
  DataType type = plan->output[0].type;
  // An aggregate without groups always gives a row.
  return plan::Make(plan::ScalarSubquery{std::move(plan)}, std::move(type), false);
}

}  // namespace

// One row with one array<array<double>>.
Resolved ResolveApproxQuantile(const spec::StatApproxQuantile& node, Resolved input,
                               Analysis& analysis) {
  Check(node);
  spec::Expressions columns;
  for (const std::string& name : node.columns) {
    plan::ColumnId id = ColumnsNamed(*input.scope, {name}, analysis.case_sensitive).at(0);
    const plan::Column& column = input.scope->columns->Find(id)->column;
    if (!column.type.IsNumeric()) {
      throw errors::IllegalArgument("requirement failed: Quantile calculation for column " + name +
                                    " with data type " + column.type.ToDdl() +
                                    " is not supported.");
    }
    columns.push_back(Quantiles(name, node));
  }
  spec::Aggregate aggregate;
  aggregate.aggregates = {As(spec::Call("array", std::move(columns)), "approx_quantile")};
  return ResolveAggregate(aggregate, std::move(input), analysis);
}

// One row with an array for each column.
Resolved ResolveFreqItems(const spec::StatFreqItems& node, Resolved input, Analysis& analysis) {
  if (!(node.support >= 1e-4 && node.support <= 1)) {
    throw errors::IllegalArgument("requirement failed: Support must be in [1e-4, 1], but got " +
                                  DoubleToString(node.support) + ".");
  }
  ColumnsNamed(*input.scope, node.columns, analysis.case_sensitive);
  plan::NamedExpressions items;
  for (const std::string& name : node.columns) {
    plan::ExpressionPtr values = FrequentValues(name, node.support, input, analysis);
    plan::Column column{plan::NextColumnId(), name + "_freqItems", values->type, false, ""};
    items.push_back({std::move(column), std::move(values)});
  }
  Resolved result;
  result.plan = plan::MakeProject(plan::MakeRelation(plan::OneRow{}, {}), std::move(items));
  result.scope = ScopeOf(result.plan->output, nullptr, analysis.case_sensitive);
  return result;
}

}  // namespace pyrite::analyzer
