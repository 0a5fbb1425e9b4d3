// groupBy().pivot(): one column for each value and aggregate.

#include <arrow/array.h>
#include <arrow/scalar.h>
#include <arrow/table.h>

#include <unordered_set>

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/expr/naming.h"
#include "analyzer/query/query.h"
#include "analyzer/query/select.h"
#include "plan/walk.h"

namespace pyrite::analyzer {
namespace {

constexpr const char* kPivotColumn = "__pivot_value";
constexpr int32_t kMaxValues = 10000;  // spark.sql.pivotMaxValues

struct PivotValue {
  std::string name;
  plan::ExpressionPtr value;  // a constant of the pivot column's type, or of its text
};

// The values in the order of the pivot column, as text: what the columns are called.
std::vector<PivotValue> FindValues(const spec::ExpressionPtr& column, const Resolved& input,
                                   Analysis& analysis) {
  spec::ExpressionPtr value = spec::Attribute(kPivotColumn);
  Resolved rows = ResolveProject({nullptr, {spec::Make(spec::Alias{column, {kPivotColumn}, ""})}},
                                 input, analysis);
  rows = ResolveDeduplicate({nullptr, {}, true, false}, std::move(rows), analysis);
  rows =
      ResolveSort({nullptr, {spec::Make(spec::SortOrder{value})}, true}, std::move(rows), analysis);
  rows = ResolveProject({nullptr, {spec::Make(spec::Cast{value, DataType::String()})}},
                        std::move(rows), analysis);
  rows = ResolveLimit({nullptr, spec::Constant(Literal::Int(kMaxValues + 1))}, std::move(rows),
                      analysis);
  auto table = analysis.context.run(Materialize(rows));
  if (table->num_rows() > kMaxValues) {
    throw errors::UnsupportedFeature("pivot over more than 10000 values");
  }
  std::vector<PivotValue> values;
  for (const auto& chunk : table->column(0)->chunks()) {
    for (int64_t i = 0; i < chunk->length(); ++i) {
      if (chunk->IsNull(i)) {
        values.push_back({"null", plan::MakeConstant(Literal::Null(DataType::String()))});
      } else {
        std::string text = (*chunk->GetScalar(i))->ToString();
        values.push_back({text, plan::MakeConstant(Literal::String(text))});
      }
    }
  }
  return values;
}

std::vector<PivotValue> GivenValues(const spec::Expressions& given, const DataType& type,
                                    Environment& names) {
  std::vector<PivotValue> values;
  for (const spec::ExpressionPtr& item : given) {
    plan::ExpressionPtr value = ResolveExpression(*item, names);
    auto* constant = value->TryAs<plan::Constant>();
    if (!constant) throw errors::UnsupportedFeature("pivot values that are no literals");
    PivotValue made{"null", plan::MakeCast(value, type, plan::EvalMode::kAnsi)};
    if (item->kind() == spec::ExpressionKind::kAlias) {
      made.name = item->As<spec::Alias>().names.at(0);
    } else if (!constant->value.is_null()) {
      made.name = Literal{value->type, constant->value}.ToString(names.analysis.call.time_zone);
    }
    values.push_back(std::move(made));
  }
  return values;
}

// Values of these types Spark moves into place once they are aggregated, so that a column without
// rows is NULL, counts too; other aggregates it computes for each column.
bool MovesIntoPlace(const DataType& type) {
  return !type.IsNested() && !type.IsString() && !type.Is(TypeKind::kBinary);
}

plan::ExpressionPtr WithFilter(const plan::ExpressionPtr& expression,
                               const plan::ExpressionPtr& condition, const Analysis& analysis) {
  return plan::Rewrite(expression, [&](const plan::ExpressionPtr& e) -> plan::ExpressionPtr {
    auto* call = e->TryAs<plan::AggregateCall>();
    if (!call) return nullptr;
    plan::AggregateCall copy = *call;
    copy.filter = copy.filter ? CallFunction("and", {copy.filter, condition}, analysis) : condition;
    return plan::Make(std::move(copy), e->type, true, e->context);
  });
}

void AddItem(SelectItems& items, std::string name, plan::ExpressionPtr value) {
  plan::Column column{plan::NextColumnId(), std::move(name), value->type, value->nullable, ""};
  plan::ColumnId id = column.id;
  items.push_back({{std::move(column), std::move(value)}, nullptr, id});
}

// PIVOT of SQL text groups by the columns that it does not name.
spec::Expressions OtherColumns(const spec::Aggregate& node, Environment& names) {
  std::unordered_set<plan::ColumnId> used;
  auto visit = [&](const spec::ExpressionPtr& expression) {
    plan::Any(*ResolveExpression(*expression, names), [&](const plan::Expression& e) {
      if (auto* ref = e.TryAs<plan::ColumnRef>()) used.insert(ref->id);
      return false;
    });
  };
  visit(node.pivot->column);
  for (const spec::ExpressionPtr& aggregate : node.aggregates) visit(aggregate);
  spec::Expressions groups;
  for (const ScopeColumn& column : names.scopes[0]->columns->all()) {
    if (!used.contains(column.column.id)) groups.push_back(spec::Attribute(column.column.name));
  }
  return groups;
}

std::string NameOf(const PivotValue& value, const plan::Column& aggregate, bool single) {
  return single ? value.name : value.name + "_" + aggregate.name;
}

plan::ExpressionPtr First(plan::ExpressionPtr value, plan::ExpressionPtr condition,
                          const Analysis& analysis) {
  functions::UnresolvedCall call;
  call.name = "first";
  call.arguments = {std::move(value)};
  call.filter = std::move(condition);
  return functions::Resolve(call, analysis.call);
}

}  // namespace

Resolved ResolvePivot(const spec::Aggregate& node, Resolved input, Analysis& analysis) {
  Environment names{analysis, {input.scope}};
  const spec::PivotClause& pivot = *node.pivot;
  plan::ExpressionPtr key = ResolveExpression(*pivot.column, names);
  spec::ExpressionPtr column = pivot.column;
  std::vector<PivotValue> values;
  if (pivot.values.empty()) {
    values = FindValues(column, input, analysis);
    column = spec::Make(spec::Cast{column, DataType::String()});
    key = CallFunction("string", {key}, analysis);
  } else {
    values = GivenValues(pivot.values, key->type, names);
  }
  spec::Expressions grouping = node.grouping_in_output ? node.grouping : OtherColumns(node, names);

  // Each aggregate once, for its name and type.
  SelectListBuilder list(input, analysis);
  for (const spec::ExpressionPtr& group : grouping) list.Add(group);
  for (const spec::ExpressionPtr& aggregate : node.aggregates) list.Add(aggregate);
  SelectItems whole = list.Take();
  size_t group_count = grouping.size();
  bool single = whole.size() == group_count + 1;
  bool moves = true;
  for (size_t i = group_count; i < whole.size(); ++i) {
    moves &= MovesIntoPlace(whole[i].named.expression->type);
  }

  Select select;
  select.is_aggregate = true;
  SelectItems items;
  if (!moves) {
    select.input = std::move(input);
    for (size_t i = 0; i < group_count; ++i) {
      select.groups.push_back(whole[i].named.expression);
      items.push_back(whole[i]);
    }
    for (const PivotValue& value : values) {
      plan::ExpressionPtr matches = CallFunction("<=>", {key, value.value}, analysis);
      for (size_t i = group_count; i < whole.size(); ++i) {
        AddItem(items, NameOf(value, whole[i].named.column, single),
                WithFilter(whole[i].named.expression, matches, analysis));
      }
    }
  } else {
    spec::Aggregate first{nullptr, spec::GroupType::kGroupBy, grouping, node.aggregates, true};
    first.grouping.push_back(spec::Make(spec::Alias{column, {kPivotColumn}, ""}));
    select.input = ResolveAggregate(first, std::move(input), analysis);
    ScopeColumns made = select.input.scope->columns->all();
    for (size_t i = 0; i < group_count; ++i) {
      plan::ExpressionPtr ref = plan::MakeRef(made[i].column);
      select.groups.push_back(ref);
      items.push_back({{made[i].column, ref}, made[i].qualifier, made[i].identity});
    }
    for (const PivotValue& value : values) {
      plan::ExpressionPtr matches =
          CallFunction("<=>", {plan::MakeRef(made[group_count].column), value.value}, analysis);
      for (size_t i = group_count + 1; i < made.size(); ++i) {
        AddItem(items, NameOf(value, made[i].column, single),
                First(plan::MakeRef(made[i].column), matches, analysis));
      }
    }
  }
  select.items = std::make_shared<const SelectItems>(std::move(items));
  return BuildSelect(std::move(select), analysis);
}

}  // namespace pyrite::analyzer
