#include "analyzer/query/extract_aggregates.h"

#include <algorithm>
#include <unordered_set>

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/expr/grouping.h"
#include "plan/walk.h"

namespace pyrite::analyzer {
namespace {

class Extraction {
 public:
  Extraction(const Select& select, Analysis& analysis) : select_(select), analysis_(analysis) {
    for (const plan::Column& column : select.input.plan->output) input_.insert(column.id);
    if (select.has_grouping_sets) {
      grouping_id_ = {plan::NextColumnId(), "spark_grouping_id", DataType::Long(), false, ""};
    }
    for (const plan::ExpressionPtr& group : select.groups) AddGroup(group);
  }

  plan::ExpressionPtr Extract(const plan::ExpressionPtr& expression) {
    return plan::Rewrite(expression, [&](const plan::ExpressionPtr& e) { return Replace(e); });
  }

  plan::RelationPtr Build() {
    bool totals = HasEmptySet();
    plan::ExpressionPtr count = totals ? Aggregate(CountOfRows()) : nullptr;
    plan::Columns output;
    for (auto& group : groups_) output.push_back(group.column);
    for (auto& aggregate : aggregates_) output.push_back(aggregate.column);
    plan::Aggregate node{select_.input.plan, std::move(groups_), std::move(aggregates_),
                         select_.grouping_sets, std::nullopt};
    if (select_.has_grouping_sets) {
      node.grouping_id = grouping_id_;
      output.push_back(grouping_id_);
    }
    plan::RelationPtr built = plan::MakeRelation(std::move(node), std::move(output));
    if (!totals) return built;
    plan::ExpressionPtr zero = plan::MakeConstant(Literal::Long(0));
    return plan::MakeFilter(std::move(built), CallFunction(">", {count, zero}, analysis_));
  }

 private:
  // Spark makes the total of a set () from the rows that it counts once more: of none, nothing.
  bool HasEmptySet() const {
    return std::any_of(select_.grouping_sets.begin(), select_.grouping_sets.end(),
                       [](const std::vector<size_t>& set) { return set.empty(); });
  }
  plan::ExpressionPtr CountOfRows() {
    return CallFunction("count", {plan::MakeConstant(Literal::Int(1))}, analysis_);
  }

  // A grouped column keeps its id; with grouping sets it may become NULL and is a new one.
  void AddGroup(const plan::ExpressionPtr& group) {
    auto [place, is_new] = group_of_.emplace(group, groups_.size());
    if (!is_new && !select_.has_grouping_sets) return;
    plan::Column column{plan::NextColumnId(), "group", group->type, group->nullable, ""};
    if (auto* ref = group->TryAs<plan::ColumnRef>()) {
      column.name = ref->name;
      if (!select_.has_grouping_sets) column.id = ref->id;
    }
    if (select_.has_grouping_sets) column.nullable = true;
    groups_.push_back({std::move(column), group});
  }

  plan::ExpressionPtr Replace(const plan::ExpressionPtr& e) {
    if (auto found = group_of_.find(e); found != group_of_.end()) {
      return plan::MakeRef(groups_[found->second].column);
    }
    if (IsGroupingCall(*e)) {
      if (!select_.has_grouping_sets) throw errors::UnsupportedGrouping();
      return GroupingBits(*e, select_.groups, grouping_id_, analysis_);
    }
    if (plan::IsAggregate(*e)) return Aggregate(e);
    if (auto* ref = e->TryAs<plan::ColumnRef>()) Check(ref->id, ref->name);
    if (auto plan = plan::SubqueryOf(*e)) {
      for (const plan::Column& outer : plan::OuterReferences(*plan)) Check(outer.id, outer.name);
    }
    return nullptr;
  }

  plan::ExpressionPtr Aggregate(const plan::ExpressionPtr& call) {
    auto found = aggregate_of_.find(call);
    if (found == aggregate_of_.end()) {
      found = aggregate_of_.emplace(call, aggregates_.size()).first;
      auto* node = call->TryAs<plan::AggregateCall>();
      std::string name = node && node->function ? functions::NameOf(*node->function) : "aggregate";
      plan::Column column{plan::NextColumnId(), name, call->type, call->nullable, ""};
      aggregates_.push_back({std::move(column), call});
    }
    return plan::MakeRef(aggregates_[found->second].column);
  }

  // References to other items (lateral aliases) and to outer queries are none of the input's.
  void Check(plan::ColumnId id, const std::string& name) {
    if (!input_.contains(id)) return;
    for (const plan::NamedExpression& group : groups_) {
      if (group.column.id == id) return;
    }
    if (select_.groups.empty()) throw errors::MissingGroupBy();
    throw errors::MissingAggregation(name);
  }

  const Select& select_;
  Analysis& analysis_;
  std::unordered_set<plan::ColumnId> input_;
  plan::ExpressionMap<size_t> group_of_;
  plan::ExpressionMap<size_t> aggregate_of_;
  plan::NamedExpressions groups_;
  plan::NamedExpressions aggregates_;
  plan::Column grouping_id_;
};

}  // namespace

plan::RelationPtr ExtractAggregates(const Select& select, plan::NamedExpressions& items,
                                    Analysis& analysis) {
  Extraction extraction(select, analysis);
  for (plan::NamedExpression& item : items) {
    item.expression = extraction.Extract(item.expression);
    item.column.nullable = item.expression->nullable;
  }
  return extraction.Build();
}

}  // namespace pyrite::analyzer
