// Calls of Python functions that the client sent, in expressions.
#include <utility>

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/expr/naming.h"

namespace pyrite::analyzer {
namespace {

// What PySpark's worker asks of the session.
constexpr const char* kSettings[] = {
    "spark.sql.session.timeZone",
    "spark.sql.legacy.execution.pandas.groupedMap.assignColumnsByName",
    "spark.sql.execution.pandas.convertToArrowArraySafely",
    "spark.sql.execution.pandas.structHandlingMode",
    "spark.sql.execution.arrow.maxRecordsPerBatch",
    "spark.sql.execution.arrow.maxBytesPerBatch",
    "spark.sql.execution.arrow.useLargeVarTypes",
    "spark.sql.execution.pyspark.binaryAsBytes",
    "spark.sql.execution.pythonUDF.arrow.concurrency.level",
    "spark.sql.execution.pythonUDF.pandas.intToDecimalCoercionEnabled",
    "spark.sql.execution.pythonUDF.pandas.preferIntExtensionDtype",
    "spark.sql.legacy.execution.pythonUDF.pandas.conversion.enabled",
    "spark.sql.legacy.execution.pythonUDTF.pandas.conversion.enabled",
};

bool IsScalar(const plan::PythonFunction& function) {
  using plan::EvalType;
  for (EvalType type :
       {EvalType::kBatched, EvalType::kArrowBatched, EvalType::kScalarPandas,
        EvalType::kScalarPandasIterator, EvalType::kScalarArrow, EvalType::kScalarArrowIterator}) {
    if (function.Is(type)) return true;
  }
  return false;
}

std::string CallText(const spec::PythonUdf& node, Environment& names) {
  std::string arguments;
  for (const spec::ExpressionPtr& argument : node.arguments) {
    arguments += (arguments.empty() ? "" : ", ") + PrettyName(*argument, names);
  }
  return node.name + "(" + arguments + ")";
}

template <typename Node>
plan::PythonFunctionPtr MakeFunction(const Node& node, const Analysis& analysis) {
  auto function = std::make_shared<plan::PythonFunction>();
  function->name = node.name;
  function->eval_type = node.eval_type;
  function->deterministic = node.deterministic;
  function->command = node.command;
  function->python_version = node.python_version;
  function->files = analysis.context.python_files();
  for (const char* key : kSettings) {
    if (auto value = analysis.context.configuration->Find(key)) {
      function->settings.emplace_back(key, *value);
    }
  }
  return function;
}

}  // namespace

plan::PythonFunctionPtr PythonFunctionOf(const spec::PythonUdf& node, const Analysis& analysis) {
  return MakeFunction(node, analysis);
}
plan::PythonFunctionPtr PythonFunctionOf(const spec::PythonTableFunction& node,
                                         const Analysis& analysis) {
  return MakeFunction(node, analysis);
}

plan::ExpressionPtr ResolvePythonUdf(const spec::PythonUdf& node, Environment& names) {
  plan::PythonCall call;
  call.function = PythonFunctionOf(node, names.analysis);
  if (names.inside_window_function) {
    if (!call.function->is_aggregate()) {
      throw SparkError("UNSUPPORTED_EXPR_FOR_WINDOW",
                       {{"sqlExpr", errors::Quoted(CallText(node, names))}});
    }
    throw errors::UnsupportedFeature("Python aggregates over windows");
  }
  if (!IsScalar(*call.function) && !call.function->is_aggregate()) {
    throw errors::UnsupportedFeature("Python functions of the kind of " + node.name +
                                     " in expressions");
  }
  if (call.function->is_aggregate() && names.inside_aggregate) throw errors::NestedAggregate();
  bool outer = std::exchange(names.inside_aggregate,
                             names.inside_aggregate || call.function->is_aggregate());
  for (const spec::ExpressionPtr& argument : node.arguments) {
    auto* named = argument->TryAs<spec::NamedArgument>();
    call.arguments.push_back(ResolveExpression(named ? *named->value : *argument, names));
    call.argument_names.push_back(named ? named->name : "");
  }
  names.inside_aggregate = outer;
  return plan::Make(std::move(call), node.output_type, true);
}

}  // namespace pyrite::analyzer
