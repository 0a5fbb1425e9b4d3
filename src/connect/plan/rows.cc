// What chooses, orders and spreads rows.
#include "base/errors.h"
#include "connect/plan/convert_internal.h"

namespace pyrite::connect {
namespace {

void CheckPartitions(int32_t number) {
  if (number > 0) return;
  throw errors::IllegalArgument("The number of partitions (" + std::to_string(number) +
                                ") must be positive.");
}

}  // namespace

RelationNode ToNode(const proto::Filter& message) {
  RequirePlan(message.has_input(), "A filter has no input.");
  return spec::Filter{ToSpec(message.input()), ToSpec(message.condition())};
}

RelationNode ToNode(const proto::Sort& message) {
  RequirePlan(!message.order().empty(), "A sort has no order.");
  return spec::Sort{ToSpec(message.input()), ToSpec(message.order()),
                    !message.has_is_global() || message.is_global()};
}

RelationNode ToNode(const proto::Limit& message) {
  return spec::Limit{ToSpec(message.input()), spec::Constant(Literal::Int(message.limit()))};
}

RelationNode ToNode(const proto::Offset& message) {
  return spec::Offset{ToSpec(message.input()), spec::Constant(Literal::Int(message.offset()))};
}

RelationNode ToNode(const proto::Tail& message) {
  return spec::Tail{ToSpec(message.input()), message.limit()};
}

RelationNode ToNode(const proto::Deduplicate& message) {
  if (!message.has_input()) RaiseInvalidPlan("DEDUPLICATE_NEEDS_INPUT");
  if (message.all_columns_as_keys() && !message.column_names().empty()) {
    RaiseInvalidPlan("DEDUPLICATE_ALL_COLUMNS_AND_SUBSET");
  }
  if (!message.all_columns_as_keys() && message.column_names().empty()) {
    RaiseInvalidPlan("DEDUPLICATE_REQUIRES_COLUMNS_OR_ALL");
  }
  return spec::Deduplicate{ToSpec(message.input()), ToStrings(message.column_names()),
                           message.all_columns_as_keys(), message.within_watermark()};
}

RelationNode ToNode(const proto::Sample& message) {
  constexpr double kRounding = 1e-6;  // of what randomSplit's weights add up to
  double low = message.lower_bound(), high = message.upper_bound();
  bool fraction = low >= -kRounding && low <= high + kRounding && high <= 1 + kRounding;
  if (!message.with_replacement() && !fraction) {
    throw errors::IllegalArgument("A sample is a fraction of the rows, from 0 to 1.");
  }
  spec::Sample sample;
  sample.input = ToSpec(message.input());
  sample.lower_bound = message.lower_bound();
  sample.upper_bound = message.upper_bound();
  sample.with_replacement = message.with_replacement();
  if (message.has_seed()) sample.seed = message.seed();
  sample.deterministic_order = message.deterministic_order();
  return sample;
}

RelationNode ToNode(const proto::Repartition& message) {
  CheckPartitions(message.num_partitions());
  return spec::Repartition{ToSpec(message.input()), message.num_partitions(), message.shuffle()};
}

RelationNode ToNode(const proto::RepartitionByExpression& message) {
  spec::RepartitionByExpression repartition;
  repartition.input = ToSpec(message.input());
  repartition.expressions = ToSpec(message.partition_exprs());
  if (message.has_num_partitions()) {
    CheckPartitions(message.num_partitions());
    repartition.num_partitions = message.num_partitions();
  }
  return repartition;
}

}  // namespace pyrite::connect
