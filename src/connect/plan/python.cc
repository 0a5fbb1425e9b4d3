// Functions of Python over rows: relations that map them, and their registration.
#include "connect/plan/convert_internal.h"

namespace pyrite::connect {
namespace {

spec::ExpressionPtr FunctionOf(const proto::CommonInlineUserDefinedFunction& message) {
  return std::make_shared<const spec::Expression>(spec::Expression{ToNode(message), {}});
}

}  // namespace

RelationNode ToNode(const proto::MapPartitions& message) {
  if (message.has_profile_id() && message.profile_id() != 0) {
    return spec::UnsupportedRelation{"resource profiles"};
  }
  spec::RelationPtr input = ToSpec(message.input());
  if (message.is_barrier()) {  // all tasks run at once: there is one
    input = std::make_shared<const spec::Relation>(
        spec::Relation{spec::Repartition{std::move(input), 1, true}, {}});
  }
  return spec::MapPartitions{std::move(input), FunctionOf(message.func())};
}

RelationNode ToNode(const proto::GroupMap& message) {
  if (message.has_transform_with_state_info()) {
    return spec::UnsupportedRelation{"transformWithState"};
  }
  if (message.has_initial_input() || message.sorting_expressions_size() > 0) {
    return spec::UnsupportedRelation{"groups with an initial state or an order"};
  }
  return spec::GroupMap{ToSpec(message.input()), ToSpec(message.grouping_expressions()),
                        FunctionOf(message.func())};
}

RelationNode ToNode(const proto::CoGroupMap& message) {
  if (message.input_sorting_expressions_size() + message.other_sorting_expressions_size() > 0) {
    return spec::UnsupportedRelation{"cogroups with an order"};
  }
  return spec::CoGroupMap{ToSpec(message.input()), ToSpec(message.other()),
                          ToSpec(message.input_grouping_expressions()),
                          ToSpec(message.other_grouping_expressions()), FunctionOf(message.func())};
}

CommandNode ToRegistration(const proto::CommonInlineUserDefinedFunction& message) {
  if (message.has_java_udf()) return spec::UnsupportedCommand{"spark.udf.registerJavaFunction"};
  return spec::RegisterFunction{message.function_name(), FunctionOf(message)};
}

}  // namespace pyrite::connect
