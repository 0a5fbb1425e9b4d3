// df.describe, summary, crosstab, cov, corr: aggregates over the input.

#include "analyzer/errors.h"
#include "analyzer/query/query.h"
#include "analyzer/query/replace_columns.h"

namespace pyrite::analyzer {
namespace {

spec::ExpressionPtr As(spec::ExpressionPtr value, std::string name) {
  return spec::Make(spec::Alias{std::move(value), {std::move(name)}, ""});
}

spec::ExpressionPtr Cast(spec::ExpressionPtr value, DataType type,
                         spec::CastMode mode = spec::CastMode::kSession) {
  return spec::Make(spec::Cast{std::move(value), std::move(type), mode});
}

spec::ExpressionPtr Text(const std::string& text) { return spec::Constant(Literal::String(text)); }

double Percentage(const std::string& statistic) {
  size_t end = 0;
  double value = 0;
  try {
    value = std::stod(statistic, &end);
  } catch (const std::exception&) {
    end = 0;
  }
  if (end + 1 != statistic.size()) {
    throw errors::IllegalArgument("Unable to parse " + statistic + " as a percentile");
  }
  if (value < 0 || value > 100) {
    throw errors::IllegalArgument("Percentiles must be in the range [0, 1]");
  }
  return value / 100;
}

// One statistic of one column.
spec::ExpressionPtr Statistic(const std::string& name, const plan::Column& column) {
  spec::ExpressionPtr value = spec::Attribute(column.name);
  spec::ExpressionPtr number =
      column.type.IsString() ? Cast(value, DataType::Double(), spec::CastMode::kTry) : value;
  if (name.ends_with('%')) {
    return spec::Call("percentile_approx",
                      {number, spec::Constant(Literal::Double(Percentage(name)))});
  }
  std::string folded = FoldCase(name, false);
  if (folded == "mean") return spec::Call("avg", {number});
  if (folded == "stddev") return spec::Call("stddev_samp", {number});
  if (folded == "count_distinct") {
    spec::UnresolvedFunction call{{"count"}, {value}};
    call.is_distinct = true;
    return spec::Make(std::move(call));
  }
  if (folded == "count" || folded == "min" || folded == "max" ||
      folded == "approx_count_distinct") {
    return spec::Call(folded, {value});
  }
  throw SparkError("UNRECOGNIZED_STATISTIC", {{"stats", "'" + name + "'"}});
}

// All statistics in one aggregate, then a row for each.
Resolved Summary(const std::vector<std::string>& statistics, const plan::Columns& columns,
                 Resolved input, Analysis& analysis) {
  spec::Aggregate aggregate;
  spec::Expressions rows;
  for (size_t s = 0; s < statistics.size(); ++s) {
    spec::Expressions fields = {As(Text(statistics[s]), "summary")};
    for (size_t c = 0; c < columns.size(); ++c) {
      std::string place = "s" + std::to_string(s) + "_" + std::to_string(c);
      aggregate.aggregates.push_back(
          As(Cast(Statistic(statistics[s], columns[c]), DataType::String()), place));
      fields.push_back(As(spec::Attribute(place), columns[c].name));
    }
    rows.push_back(spec::Call("struct", std::move(fields)));
  }
  if (!aggregate.aggregates.empty()) {
    input = ResolveAggregate(aggregate, std::move(input), analysis);
  } else {
    input.plan = plan::MakeRelation(plan::OneRow{}, {});
    input.scope = ScopeOf({}, nullptr, analysis.case_sensitive);
    input.select = nullptr;
  }
  // The outer form, for Spark's columns are nullable here.
  spec::ExpressionPtr all = spec::Call("inline_outer", {spec::Call("array", std::move(rows))});
  Resolved made = ResolveProject({nullptr, {all}}, std::move(input), analysis);
  made.select = nullptr;
  return made;
}

plan::Columns Summarized(const Scope& scope, const std::vector<std::string>& names,
                         const Analysis& analysis) {
  plan::Columns columns;
  for (plan::ColumnId id : ColumnsNamed(scope, names, analysis.case_sensitive)) {
    const plan::Column& column = scope.columns->Find(id)->column;
    if (column.type.IsNumeric() || column.type.IsString()) columns.push_back(column);
  }
  return columns;
}

}  // namespace

Resolved ResolveDescribe(const spec::StatDescribe& node, Analysis& analysis) {
  Resolved input = ResolveRelation(*node.input, analysis);
  plan::Columns columns = Summarized(*input.scope, node.columns, analysis);
  return Summary({"count", "mean", "stddev", "min", "max"}, columns, std::move(input), analysis);
}

Resolved ResolveSummary(const spec::StatSummary& node, Analysis& analysis) {
  Resolved input = ResolveRelation(*node.input, analysis);
  plan::Columns columns = Summarized(*input.scope, {}, analysis);
  std::vector<std::string> statistics = node.statistics;
  if (statistics.empty()) {
    statistics = {"count", "mean", "stddev", "min", "25%", "50%", "75%", "max"};
  }
  return Summary(statistics, columns, std::move(input), analysis);
}

// A cell counts the rows with the pair of values; NULLs count as "null".
Resolved ResolveCrosstab(const spec::StatCrosstab& node, Analysis& analysis) {
  auto text = [](const std::string& name, bool plain) {
    spec::ExpressionPtr value = Cast(spec::Attribute(name), DataType::String());
    if (plain) value = spec::Call("replace", {value, Text("`"), Text("")});
    return spec::Call("if", {spec::Call("isnull", {value}), Text("null"), value});
  };
  spec::Aggregate pivot;
  pivot.group_type = spec::GroupType::kPivot;
  pivot.grouping_in_output = true;
  pivot.grouping = {As(text(node.column1, false), node.column1 + "_" + node.column2)};
  pivot.aggregates = {As(spec::Call("count", {spec::Constant(Literal::Int(1))}), "count")};
  pivot.pivot = spec::PivotClause{text(node.column2, true), {}};
  Resolved counts = ResolveAggregate(pivot, ResolveRelation(*node.input, analysis), analysis);
  return ResolveFillNa({nullptr, {}, {Literal::Long(0)}}, std::move(counts), analysis);
}

Resolved ResolvePairStatistic(const spec::RelationPtr& relation, const std::string& function,
                              const std::string& name, const std::string& column1,
                              const std::string& column2, Analysis& analysis) {
  Resolved input = ResolveRelation(*relation, analysis);
  for (plan::ColumnId id :
       ColumnsNamed(*input.scope, {column1, column2}, analysis.case_sensitive)) {
    const plan::Column& column = input.scope->columns->Find(id)->column;
    if (!column.type.IsNumeric()) {
      throw errors::IllegalArgument("Currently " + name +
                                    " calculation for columns with dataType " +
                                    column.type.ToDdl() + " not supported.");
    }
  }
  // A NULL counts as 0.
  auto number = [](const std::string& column) {
    return spec::Call("coalesce", {Cast(spec::Attribute(column), DataType::Double()),
                                   spec::Constant(Literal::Double(0))});
  };
  spec::Aggregate aggregate;
  aggregate.aggregates = {As(spec::Call(function, {number(column1), number(column2)}), name)};
  return ResolveAggregate(aggregate, std::move(input), analysis);
}

Resolved ResolveCov(const spec::StatCov& node, Analysis& analysis) {
  return ResolvePairStatistic(node.input, "covar_samp", "cov", node.column1, node.column2,
                              analysis);
}

Resolved ResolveCorr(const spec::StatCorr& node, Analysis& analysis) {
  if (node.method != "pearson") {
    throw errors::IllegalArgument(
        "Currently only the calculation of the Pearson Correlation coefficient is supported.");
  }
  return ResolvePairStatistic(node.input, "corr", "corr", node.column1, node.column2, analysis);
}

}  // namespace pyrite::analyzer
