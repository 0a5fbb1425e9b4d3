// Samples: df.sample, randomSplit, sampleBy, TABLESAMPLE.

#include <cmath>

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/expr/window_spec.h"
#include "analyzer/query/generator.h"
#include "analyzer/query/query.h"

namespace pyrite::analyzer {
namespace {

// The input with one more column, a number in [0, 1) that depends on the seed and the row's place.
struct Drawn {
  plan::RelationPtr plan;
  plan::ExpressionPtr number;
};

Drawn Draw(const Resolved& input, std::vector<plan::SortKey> order, int64_t seed,
           const Analysis& analysis) {
  plan::ExpressionPtr place = RowNumber(std::move(order), analysis);
  plan::Column column{plan::NextColumnId(), "place", place->type, false, ""};
  Drawn drawn;
  drawn.plan = plan::MakeWindow(input.plan, {{column, place}});
  auto constant = [](Literal literal) { return plan::MakeConstant(std::move(literal)); };
  constexpr int64_t kSteps = int64_t{1} << 53;
  plan::ExpressionPtr hash =
      CallFunction("xxhash64", {plan::MakeRef(column), constant(Literal::Long(seed))}, analysis);
  hash = CallFunction("&", {hash, constant(Literal::Long(kSteps - 1))}, analysis);
  drawn.number = CallFunction("/",
                              {plan::MakeCast(hash, DataType::Double(), plan::EvalMode::kAnsi),
                               constant(Literal::Double(static_cast<double>(kSteps)))},
                              analysis);
  return drawn;
}

// The rows that the condition picks, without the columns that drawing added.
Resolved Pick(const Resolved& input, plan::RelationPtr plan, plan::ExpressionPtr condition) {
  plan::NamedExpressions items;
  for (const plan::Column& column : input.plan->output) {
    items.push_back({column, plan::MakeRef(column)});
  }
  plan = plan::MakeFilter(std::move(plan), std::move(condition));
  return {plan::MakeProject(std::move(plan), std::move(items)), PassScope(input.scope), nullptr};
}

bool IsOrderable(const DataType& type) {
  return !type.IsNested() && !type.Is(TypeKind::kVariant) && !type.Is(TypeKind::kCalendarInterval);
}

// The splits of randomSplit are disjoint only when each sees the rows in one order.
std::vector<plan::SortKey> AllColumns(const Resolved& input) {
  std::vector<plan::SortKey> keys;
  for (const plan::Column& column : input.plan->output) {
    if (IsOrderable(column.type)) keys.push_back({plan::MakeRef(column), true, true});
  }
  return keys;
}

Resolved Split(const spec::Sample& node, const Resolved& input, const Analysis& analysis) {
  std::vector<plan::SortKey> order;
  if (node.deterministic_order) order = AllColumns(input);
  Drawn drawn = Draw(input, std::move(order), node.seed.value_or(0), analysis);
  auto bound = [](double value) { return plan::MakeConstant(Literal::Double(value)); };
  plan::ExpressionPtr condition =
      CallFunction("and",
                   {CallFunction(">=", {drawn.number, bound(node.lower_bound)}, analysis),
                    CallFunction("<", {drawn.number, bound(node.upper_bound)}, analysis)},
                   analysis);
  return Pick(input, drawn.plan, std::move(condition));
}

// Each row as often as a Poisson distribution with the mean says.
Resolved Repeat(double mean, int64_t seed, const Resolved& input, Analysis& analysis) {
  constexpr double kNegligible = 1e-12;
  Drawn drawn = Draw(input, {}, seed, analysis);
  plan::Expressions branches;
  double probability = std::exp(-mean), sum = probability;
  int32_t count = 0;
  while (1 - sum > kNegligible && count < 1000) {
    branches.push_back(
        CallFunction("<", {drawn.number, plan::MakeConstant(Literal::Double(sum))}, analysis));
    branches.push_back(plan::MakeConstant(Literal::Int(count)));
    probability *= mean / ++count;
    sum += probability;
  }
  branches.push_back(plan::MakeConstant(Literal::Int(count)));
  plan::ExpressionPtr times =
      branches.size() == 1 ? branches[0] : CallFunction("when", branches, analysis);
  plan::ExpressionPtr copies = CallFunction(
      "array_repeat", {plan::MakeConstant(Literal::Int(1)), std::move(times)}, analysis);
  Generated rows = Generate({drawn.plan, input.scope, nullptr},
                            CallFunction("explode", {std::move(copies)}, analysis), false, {},
                            nullptr, analysis);
  return Pick(input, rows.plan, plan::MakeConstant(Literal::Boolean(true)));
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
  if (node.deterministic_order || node.lower_bound != 0) return Split(node, input, analysis);
  plan::Columns output = input.plan->output;
  plan::Sample sample{input.plan, node.lower_bound, node.upper_bound, false, seed};
  return {plan::MakeRelation(std::move(sample), std::move(output)), PassScope(input.scope),
          nullptr};
}

// A row stays with the probability that its stratum has; those of other strata go.
Resolved ResolveSampleBy(const spec::StatSampleBy& node, Resolved input, Analysis& analysis) {
  Environment names{analysis, {input.scope}};
  plan::ExpressionPtr stratum = ResolveExpression(*node.column, names);
  Drawn drawn = Draw(input, {}, node.seed, analysis);
  plan::Expressions branches;
  for (auto& [value, fraction] : node.fractions) {
    if (fraction < 0 || fraction > 1) {
      throw errors::IllegalArgument("requirement failed: Fractions must be in [0, 1], but got " +
                                    DoubleToString(fraction));
    }
    branches.push_back(CallFunction("<=>", {stratum, plan::MakeConstant(value)}, analysis));
    branches.push_back(plan::MakeConstant(Literal::Double(fraction)));
  }
  branches.push_back(plan::MakeConstant(Literal::Double(0)));
  plan::ExpressionPtr fraction =
      branches.size() == 1 ? branches[0] : CallFunction("when", branches, analysis);
  return Pick(input, drawn.plan, CallFunction("<", {drawn.number, fraction}, analysis));
}

}  // namespace pyrite::analyzer
