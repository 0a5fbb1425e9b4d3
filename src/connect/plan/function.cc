// Calls: of functions by name, of functions that the client sends along, and lambdas.
#include "connect/plan/convert_internal.h"
#include "connect/type_proto.h"

namespace pyrite::connect {

ExpressionNode ToNode(const proto::Expression::UnresolvedFunction& message) {
  spec::UnresolvedFunction call;
  if (message.is_user_defined_function()) {
    call.name_parts = ToNameParts(message.function_name());
  } else {
    call.name_parts = {message.function_name()};
  }
  call.arguments = ToSpec(message.arguments());
  call.is_distinct = message.is_distinct();
  call.is_internal = message.is_internal();
  return call;
}

ExpressionNode ToNode(const proto::CallFunction& message) {
  spec::UnresolvedFunction call;
  call.name_parts = ToNameParts(message.function_name());
  call.arguments = ToSpec(message.arguments());
  return call;
}

ExpressionNode ToNode(const proto::Expression::LambdaFunction& message) {
  if (message.arguments().empty() || message.arguments_size() > 3) {
    RaiseInvalidPlan("LAMBDA_FUNCTION_ARGUMENT_COUNT_INVALID",
                     {{"got", std::to_string(message.arguments_size())}});
  }
  spec::LambdaFunction lambda;
  for (const auto& argument : message.arguments()) {
    if (argument.name_parts_size() != 1) RaiseMalformed("A lambda's argument needs one name.");
    lambda.parameters.push_back(argument.name_parts(0));
  }
  lambda.body = ToSpec(message.function());
  return lambda;
}

ExpressionNode ToNode(const proto::CommonInlineUserDefinedFunction& message) {
  if (message.has_scalar_scala_udf()) {
    return spec::UnsupportedExpression{"user-defined functions of Scala"};
  }
  // A function of Java comes by spark.udf.registerJavaFunction only.
  if (!message.has_python_udf()) RaiseInvalidOneof(message);
  if (message.is_distinct()) {
    return spec::UnsupportedExpression{"user-defined aggregates over DISTINCT arguments"};
  }
  spec::PythonUdf udf;
  udf.name = message.function_name();
  udf.deterministic = message.deterministic();
  udf.arguments = ToSpec(message.arguments());
  udf.output_type = FromProto(message.python_udf().output_type());
  udf.eval_type = message.python_udf().eval_type();
  udf.command = message.python_udf().command();
  udf.python_version = message.python_udf().python_ver();
  return udf;
}

}  // namespace pyrite::connect
