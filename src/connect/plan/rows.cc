// What chooses, orders and spreads rows.
#include "connect/plan/convert_internal.h"

namespace pyrite::connect {

RelationNode ToNode(const proto::Filter& message) {
  return spec::Filter{ToSpec(message.input()), ToSpec(message.condition())};
}

RelationNode ToNode(const proto::Sort& message) {
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
  if (message.all_columns_as_keys() && !message.column_names().empty()) {
    RaiseInvalidPlan("Cannot deduplicate on both all columns and a subset of columns.");
  }
  if (!message.all_columns_as_keys() && message.column_names().empty()) {
    RaiseInvalidPlan(
        "Deduplicate requires to either deduplicate on all columns or a subset of "
        "columns.");
  }
  return spec::Deduplicate{ToSpec(message.input()), ToStrings(message.column_names()),
                           message.all_columns_as_keys(), message.within_watermark()};
}

RelationNode ToNode(const proto::Sample& message) {
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
  return spec::Repartition{ToSpec(message.input()), message.num_partitions(), message.shuffle()};
}

RelationNode ToNode(const proto::RepartitionByExpression& message) {
  spec::RepartitionByExpression repartition;
  repartition.input = ToSpec(message.input());
  repartition.expressions = ToSpec(message.partition_exprs());
  if (message.has_num_partitions()) repartition.num_partitions = message.num_partitions();
  return repartition;
}

}  // namespace pyrite::connect
