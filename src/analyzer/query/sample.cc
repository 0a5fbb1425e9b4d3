// Samples: df.sample, randomSplit, sampleBy, TABLESAMPLE.

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/expr/window_spec.h"
#include "analyzer/query/generator.h"
#include "analyzer/query/query.h"
#include "functions/build.h"

namespace pyrite::analyzer {
namespace {

plan::ExpressionPtr LongConstant(int64_t value) { return plan::MakeConstant(Literal::Long(value)); }
plan::ExpressionPtr DoubleConstant(double value) {
  return plan::MakeConstant(Literal::Double(value));
}

// The input with one more column: a value drawn for each row.
struct Drawn {
  plan::RelationPtr plan;
  plan::ExpressionPtr value;
};

Drawn Draw(const Resolved& input, plan::ExpressionPtr drawn) {
  plan::NamedExpressions items;
  for (const plan::Column& column : input.plan->output) {
    items.push_back({column, plan::MakeRef(column)});
  }
  plan::Column value{plan::NextColumnId(), "drawn", drawn->type, false, ""};
  items.push_back({value, std::move(drawn)});
  return {plan::MakeProject(input.plan, std::move(items)), plan::MakeRef(value)};
}

// Without the columns that drawing added.
Resolved WithoutDrawn(const Resolved& input, plan::RelationPtr plan) {
  plan::NamedExpressions items;
  for (const plan::Column& column : input.plan->output) {
    items.push_back({column, plan::MakeRef(column)});
  }
  return {plan::MakeProject(std::move(plan), std::move(items)), PassScope(input.scope), nullptr};
}

// The rows that the condition picks.
Resolved Pick(const Resolved& input, plan::RelationPtr plan, plan::ExpressionPtr condition) {
  return WithoutDrawn(input, plan::MakeFilter(std::move(plan), std::move(condition)));
}

bool IsOrderable(const DataType& type) {
  return !type.IsNested() && !type.Is(TypeKind::kVariant) && !type.Is(TypeKind::kCalendarInterval);
}

// The splits of randomSplit are disjoint only when each sees the rows in one order.
Resolved Sorted(const Resolved& input) {
  std::vector<plan::SortKey> keys;
  for (const plan::Column& column : input.plan->output) {
    if (IsOrderable(column.type)) keys.push_back({plan::MakeRef(column), true, true});
  }
  if (keys.empty()) return input;
  plan::Sort sort{input.plan, std::move(keys), /*is_global=*/false, /*is_for_draws=*/true};
  return {plan::MakeRelation(std::move(sort), input.plan->output), input.scope, nullptr};
}

// The rows whose number lies within the bounds.
Resolved Between(const spec::Sample& node, const Resolved& input, const Analysis& analysis) {
  if (node.lower_bound <= 0 && node.upper_bound >= 1) return input;
  plan::ExpressionPtr seed = LongConstant(node.seed.value_or(0));
  Drawn drawn = Draw(input, CallFunction("rand", {std::move(seed)}, analysis));
  plan::ExpressionPtr below =
      CallFunction("<", {drawn.value, DoubleConstant(node.upper_bound)}, analysis);
  if (node.lower_bound != 0) {
    plan::ExpressionPtr above =
        CallFunction(">=", {drawn.value, DoubleConstant(node.lower_bound)}, analysis);
    below = CallFunction("and", {std::move(above), std::move(below)}, analysis);
  }
  return Pick(input, drawn.plan, std::move(below));
}

// Each row as often as a Poisson distribution with the mean says.
Resolved Repeat(double mean, int64_t seed, const Resolved& input, Analysis& analysis) {
  plan::ExpressionPtr count =
      functions::Native("spark_poisson", {DoubleConstant(mean), LongConstant(seed)},
                        DataType::Integer(), false, analysis.call);
  Drawn drawn = Draw(input, std::move(count));
  plan::ExpressionPtr copies =
      CallFunction("array_repeat", {plan::MakeConstant(Literal::Int(1)), drawn.value}, analysis);
  Generated rows = Generate({drawn.plan, input.scope, nullptr},
                            CallFunction("explode", {std::move(copies)}, analysis), false, {},
                            nullptr, analysis);
  return WithoutDrawn(input, rows.plan);
}

}  // namespace

Resolved ResolveSample(const spec::Sample& node, Resolved input, Analysis& analysis) {
  if (node.rows) {
    plan::RelationPtr plan = plan::MakeLimit(
        input.plan, plan::MakeConstant(Literal::Int(static_cast<int32_t>(*node.rows))), nullptr);
    return {std::move(plan), PassScope(input.scope), nullptr};
  }
  int64_t seed = node.seed.value_or(0);
  if (node.with_replacement) {
    return Repeat(node.upper_bound - node.lower_bound, seed, input, analysis);
  }
  return Between(node, node.deterministic_order ? Sorted(input) : input, analysis);
}

// A row stays with the probability that its stratum has; those of other strata go.
Resolved ResolveSampleBy(const spec::StatSampleBy& node, Resolved input, Analysis& analysis) {
  Environment names{analysis, {input.scope}};
  plan::ExpressionPtr stratum = ResolveExpression(*node.column, names);
  Drawn drawn = Draw(input, CallFunction("rand", {LongConstant(node.seed)}, analysis));
  plan::Expressions branches;
  for (auto& [value, fraction] : node.fractions) {
    if (fraction < 0 || fraction > 1) {
      throw errors::IllegalArgument("requirement failed: Fractions must be in [0, 1], but got " +
                                    DoubleToString(fraction));
    }
    branches.push_back(CallFunction("<=>", {stratum, plan::MakeConstant(value)}, analysis));
    branches.push_back(DoubleConstant(fraction));
  }
  branches.push_back(DoubleConstant(0));
  plan::ExpressionPtr fraction =
      branches.size() == 1 ? branches[0] : CallFunction("when", branches, analysis);
  plan::ExpressionPtr picked = CallFunction("<", {drawn.value, fraction}, analysis);
  return Pick(input, drawn.plan, std::move(picked));
}

}  // namespace pyrite::analyzer
