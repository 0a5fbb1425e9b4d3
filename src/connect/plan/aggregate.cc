// Grouping, and the relations that turn rows into columns and back.
#include "connect/plan/convert_internal.h"

namespace pyrite::connect {

RelationNode ToNode(const proto::Aggregate& message) {
  if (!message.has_input()) RaiseInvalidPlan("AGGREGATE_NEEDS_PLAN_INPUT");
  spec::Aggregate aggregate;
  aggregate.input = ToSpec(message.input());
  aggregate.grouping = ToSpec(message.grouping_expressions());
  aggregate.aggregates = ToSpec(message.aggregate_expressions());
  aggregate.grouping_in_output = true;
  switch (message.group_type()) {
    case proto::Aggregate::GROUP_TYPE_GROUPBY: break;
    case proto::Aggregate::GROUP_TYPE_ROLLUP:
      aggregate.group_type = spec::GroupType::kRollup;
      break;
    case proto::Aggregate::GROUP_TYPE_CUBE: aggregate.group_type = spec::GroupType::kCube; break;
    case proto::Aggregate::GROUP_TYPE_PIVOT:
      if (!message.has_pivot()) RaiseInvalidPlan("AGGREGATE_WITH_PIVOT_REQUIRES_PIVOT");
      aggregate.group_type = spec::GroupType::kPivot;
      aggregate.pivot =
          spec::PivotClause{ToSpec(message.pivot().col()), ToSpec(message.pivot().values())};
      break;
    case proto::Aggregate::GROUP_TYPE_GROUPING_SETS:
      aggregate.group_type = spec::GroupType::kGroupingSets;
      for (const auto& set : message.grouping_sets()) {
        aggregate.grouping_sets.push_back(ToSpec(set.grouping_set()));
      }
      break;
    default: RaiseInvalidEnum(message, "group_type");
  }
  return aggregate;
}

RelationNode ToNode(const proto::Unpivot& message) {
  spec::Unpivot unpivot;
  unpivot.input = ToSpec(message.input());
  unpivot.ids = ToSpec(message.ids());
  if (message.has_values()) {
    unpivot.values.emplace();
    for (spec::ExpressionPtr& value : ToSpec(message.values().values())) {
      unpivot.values->push_back({{std::move(value)}, ""});
    }
  }
  unpivot.variable_column_name = message.variable_column_name();
  unpivot.value_column_names = {message.value_column_name()};
  return unpivot;
}

RelationNode ToNode(const proto::Transpose& message) {
  return spec::Transpose{ToSpec(message.input()), ToSpec(message.index_columns())};
}

}  // namespace pyrite::connect
