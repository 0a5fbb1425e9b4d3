// Functions of Python over rows: relations that map them, and their registration.
#include "connect/plan/convert_internal.h"
#include "connect/type_proto.h"

namespace pyrite::connect {
namespace {

spec::ExpressionPtr FunctionOf(const proto::CommonInlineUserDefinedFunction& message) {
  return std::make_shared<const spec::Expression>(spec::Expression{ToNode(message), {}});
}

spec::ExpressionPtr FunctionOf(const proto::CommonInlineUserDefinedTableFunction& message) {
  if (!message.has_python_udtf()) RaiseInvalidOneof(message);
  const proto::PythonUDTF& udtf = message.python_udtf();
  spec::PythonTableFunction function;
  function.name = message.function_name();
  function.deterministic = message.deterministic();
  if (udtf.has_return_type()) {
    function.output_type = FromProto(udtf.return_type());
    if (!function.output_type->Is(TypeKind::kStruct)) {
      throw SparkError("INVALID_SCHEMA_TYPE_NON_STRUCT",
                       {{"dataType", function.output_type->ToSql()}});
    }
  }
  function.eval_type = udtf.eval_type();
  function.command = udtf.command();
  function.python_version = udtf.python_ver();
  return spec::Make(std::move(function));
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

RelationNode ToNode(const proto::CommonInlineUserDefinedTableFunction& message) {
  return spec::TableValuedFunction{
      {message.function_name()}, ToSpec(message.arguments()), FunctionOf(message)};
}

CommandNode ToRegistration(const proto::CommonInlineUserDefinedTableFunction& message) {
  return spec::RegisterFunction{message.function_name(), FunctionOf(message)};
}

CommandNode ToRegistration(const proto::CommonInlineUserDefinedFunction& message) {
  if (message.has_java_udf()) return spec::UnsupportedCommand{"spark.udf.registerJavaFunction"};
  return spec::RegisterFunction{message.function_name(), FunctionOf(message)};
}

}  // namespace pyrite::connect
