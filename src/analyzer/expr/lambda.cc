#include "analyzer/expr/lambda.h"

#include <set>

#include "analyzer/errors.h"
#include "analyzer/expr/expression.h"
#include "analyzer/expr/misplaced.h"

namespace pyrite::analyzer {
namespace {

struct Parameter {
  DataType type;
  bool nullable = true;
};
using ParameterList = std::vector<Parameter>;

Parameter Element(const plan::Expression& array) {
  if (!array.type.Is(TypeKind::kArray)) return {DataType::Null(), true};
  return {array.type.element(), array.type.contains_null()};
}
Parameter Key(const plan::Expression& map) {
  if (!map.type.Is(TypeKind::kMap)) return {DataType::Null(), true};
  return {map.type.key(), false};
}
Parameter MapValue(const plan::Expression& map) {
  if (!map.type.Is(TypeKind::kMap)) return {DataType::Null(), true};
  return {map.type.value(), map.type.contains_null()};
}

// The parameters that the function hands to its lambda number `index` among the arguments. The
// arguments that are no lambdas are resolved, the others null (or resolved, when they stand
// before).
ParameterList ParametersOf(const std::string& name, size_t index, const plan::Expressions& given) {
  const plan::Expression& first = *given[0];
  if (name == "transform" || name == "filter") {
    return {Element(first), {DataType::Integer(), false}};
  }
  if (name == "exists" || name == "forall" || name == "any" || name == "all") {
    return {Element(first)};
  }
  if (name == "array_sort") return {Element(first), Element(first)};
  if (name == "aggregate" || name == "reduce") {
    Parameter state{given[1]->type, true};
    if (index == 2) return {state, Element(first)};
    return {state};
  }
  if (name == "zip_with") {
    return {{Element(first).type, true}, {Element(*given[1]).type, true}};
  }
  if (name == "map_filter" || name == "transform_keys" || name == "transform_values") {
    return {Key(first), MapValue(first)};
  }
  if (name == "map_zip_with") {
    return {Key(first), {MapValue(first).type, true}, {MapValue(*given[1]).type, true}};
  }
  throw errors::UnsupportedFeature("lambda functions as arguments of " + name);
}

void RefuseRepeated(const std::vector<std::string>& parameters, bool case_sensitive) {
  std::set<std::string> seen;
  for (const std::string& parameter : parameters) {
    if (seen.insert(FoldCase(parameter, case_sensitive)).second) continue;
    throw SparkError("INVALID_LAMBDA_FUNCTION_CALL.DUPLICATE_ARG_NAMES",
                     {{"args", errors::QuoteName({parameter})},
                      {"caseSensitiveConfig", "\"spark.sql.caseSensitive\""}});
  }
}

plan::ExpressionPtr ResolveLambda(const spec::LambdaFunction& lambda, const ParameterList& given,
                                  Environment& names) {
  if (lambda.parameters.size() > given.size()) {
    throw SparkError("INVALID_LAMBDA_FUNCTION_CALL.NUM_ARGS_MISMATCH",
                     {{"expectedNumArgs", std::to_string(lambda.parameters.size())},
                      {"actualNumArgs", std::to_string(given.size())}});
  }
  RefuseSubqueries(*lambda.body);
  RefuseRepeated(lambda.parameters, names.analysis.case_sensitive);
  plan::Columns columns;
  for (size_t i = 0; i < lambda.parameters.size(); ++i) {
    columns.push_back(
        {plan::NextColumnId(), lambda.parameters[i], given[i].type, given[i].nullable, ""});
  }
  names.lambdas.push_back(columns);
  plan::ExpressionPtr body = ResolveExpression(*lambda.body, names);
  names.lambdas.pop_back();
  DataType type = body->type;
  bool nullable = body->nullable;
  return plan::Make(plan::Lambda{std::move(columns), std::move(body)}, std::move(type), nullable);
}

}  // namespace

bool IsHigherOrder(const std::string&, const spec::Expressions& arguments) {
  for (const spec::ExpressionPtr& argument : arguments) {
    if (argument->kind() == spec::ExpressionKind::kLambdaFunction) return true;
  }
  return false;
}

plan::Expressions ResolveLambdaArguments(const std::string& folded_name,
                                         const spec::Expressions& arguments, Environment& names) {
  plan::Expressions resolved(arguments.size());
  for (size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i]->kind() == spec::ExpressionKind::kLambdaFunction) continue;
    resolved[i] = ResolveExpression(*arguments[i], names);
  }
  if (!resolved[0]) {
    throw SparkError("INVALID_LAMBDA_FUNCTION_CALL.NON_HIGHER_ORDER_FUNCTION",
                     {{"class", folded_name}});
  }
  for (size_t i = 0; i < arguments.size(); ++i) {
    if (resolved[i]) continue;
    resolved[i] = ResolveLambda(arguments[i]->As<spec::LambdaFunction>(),
                                ParametersOf(folded_name, i, resolved), names);
  }
  return resolved;
}

}  // namespace pyrite::analyzer
