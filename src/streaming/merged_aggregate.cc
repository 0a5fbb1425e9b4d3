#include "streaming/merged_aggregate.h"

#include "base/errors.h"
#include "functions/build.h"

namespace pyrite::streaming {
namespace {

using plan::ExpressionPtr;

constexpr char kMean[] = "avg";

// What merges the parts of an aggregate function, nullptr when nothing does.
const char* MergerOf(const std::string& function) {
  if (function == "count" || function == "count_star" || function == "spark_average_count") {
    return "sum";
  }
  for (const char* same : {"sum", "min", "max", "bool_and", "bool_or"}) {
    if (function == same) return same;
  }
  return nullptr;
}

ExpressionPtr AsType(ExpressionPtr value, const DataType& type) {
  if (value->type.SameStructure(type)) return value;
  return plan::MakeCast(std::move(value), type, plan::EvalMode::kAnsi);
}

plan::Column FreshColumn(const std::string& name, const ExpressionPtr& value) {
  return {plan::NextColumnId(), name, value->type, value->nullable, ""};
}

}  // namespace

void CheckMergeable(const plan::Expression& expression) {
  const auto* call = expression.TryAs<plan::AggregateCall>();
  std::string name = call == nullptr ? "a function of Python" : functions::NameOf(*call->function);
  bool mergeable = call != nullptr && (name == kMean || MergerOf(name) != nullptr) &&
                   !call->distinct && call->order_by.empty() && call->mode != plan::EvalMode::kTry;
  if (!mergeable) throw errors::UnsupportedFeature(name + " over a stream");
}

MergedAggregate::MergedAggregate(const plan::Aggregate& aggregate,
                                 const functions::CallContext& context)
    : input_(aggregate.input), groups_(aggregate.groups), context_(context) {
  for (const plan::NamedExpression& item : aggregate.aggregates) AddItem(item);
}

size_t MergedAggregate::AddPart(ExpressionPtr call, const char* merge) {
  plan::Column column = FreshColumn("part" + std::to_string(parts_.size()), call);
  parts_.push_back({{std::move(column), std::move(call)}, merge});
  return parts_.size() - 1;
}

void MergedAggregate::AddItem(const plan::NamedExpression& item) {
  CheckMergeable(*item.expression);
  const auto& call = item.expression->As<plan::AggregateCall>();
  std::string name = functions::NameOf(*call.function);
  if (name != kMean) {
    items_.push_back({{AddPart(item.expression, MergerOf(name))}});
    return;
  }
  const auto of = [&](const char* function) {
    ExpressionPtr value = AsType(call.arguments.at(0), DataType::Double());
    ExpressionPtr made = functions::CallFunction(function, {std::move(value)}, context_);
    auto part = made->As<plan::AggregateCall>();
    part.filter = call.filter;
    return plan::Make(std::move(part), made->type, made->nullable, made->context);
  };
  size_t sum = AddPart(of("sum"), "sum");
  size_t count = AddPart(of("count"), "sum");
  items_.push_back({{sum, count}, true});
}

plan::RelationPtr MergedAggregate::Partial() const {
  plan::NamedExpressions groups, parts;
  for (const plan::NamedExpression& group : groups_) {
    groups.push_back({FreshColumn(group.column.name, group.expression), group.expression});
  }
  for (const Part& part : parts_) parts.push_back(part.partial);
  return plan::MakeAggregate(input_, std::move(groups), std::move(parts));
}

plan::RelationPtr MergedAggregate::Merge(const plan::RelationPtr& rows, size_t keys) const {
  const plan::Columns& columns = rows->output;
  plan::NamedExpressions groups, merged, items;
  for (size_t i = 0; i < columns.size(); ++i) {
    ExpressionPtr ref = plan::MakeRef(columns[i]);
    plan::Column column = columns[i];
    column.id = plan::NextColumnId();
    if (i < keys) {
      groups.push_back({column, ref});
      items.push_back({columns[i], plan::MakeRef(column)});
      continue;
    }
    const char* function = i - keys < parts_.size() ? parts_[i - keys].merge : "bool_or";
    ExpressionPtr value = functions::CallFunction(function, {ref}, context_);
    column.type = value->type;
    column.nullable = value->nullable;
    merged.push_back({column, value});
    items.push_back({columns[i], AsType(plan::MakeRef(column), columns[i].type)});
  }
  for (plan::NamedExpression& item : items) item.column.id = plan::NextColumnId();
  return plan::MakeProject(plan::MakeAggregate(rows, std::move(groups), std::move(merged)),
                           std::move(items));
}

plan::RelationPtr MergedAggregate::Finish(const plan::RelationPtr& rows,
                                          const plan::Columns& output) const {
  const plan::Columns& columns = rows->output;
  size_t keys = groups_.size();
  plan::NamedExpressions items;
  for (size_t i = 0; i < keys; ++i) items.push_back({output[i], plan::MakeRef(columns[i])});
  for (size_t i = 0; i < items_.size(); ++i) {
    const auto part = [&](size_t at) { return plan::MakeRef(columns[keys + items_[i].parts[at]]); };
    ExpressionPtr value = part(0);
    if (items_[i].is_mean) {
      ExpressionPtr count = functions::CallFunction("nullifzero", {part(1)}, context_);
      value = functions::CallFunction("/", {value, std::move(count)}, context_);
    }
    items.push_back({output[keys + i], AsType(std::move(value), output[keys + i].type)});
  }
  return plan::MakeProject(rows, std::move(items));
}

}  // namespace pyrite::streaming
