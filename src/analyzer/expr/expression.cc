#include "analyzer/expr/expression.h"

#include <unordered_set>

#include "analyzer/errors.h"
#include "analyzer/expr/naming_internal.h"
#include "analyzer/session_options.h"
#include "base/stack_guard.h"
#include "functions/coercion.h"
#include "plan/walk.h"
#include "sql/parser.h"

namespace pyrite::analyzer {
namespace {

plan::ExpressionPtr ResolveNode(const spec::Expression& e, Environment& names) {
  using Kind = spec::ExpressionKind;
  switch (e.kind()) {
    case Kind::kLiteralValue: return plan::MakeConstant(e.As<spec::LiteralValue>().literal);
    case Kind::kUnresolvedAttribute:
      return ResolveAttribute(e.As<spec::UnresolvedAttribute>(), names);
    case Kind::kLambdaVariable:
      return ResolveAttribute({e.As<spec::LambdaVariable>().name_parts, {}, false}, names);
    case Kind::kUnresolvedFunction:
      return ResolveFunction(e.As<spec::UnresolvedFunction>(), e.origin, names);
    case Kind::kAlias: return ResolveExpression(*e.As<spec::Alias>().child, names);
    case Kind::kCast: return ResolveCast(e.As<spec::Cast>(), e.origin, names);
    case Kind::kWindowExpression:
      return ResolveWindow(e.As<spec::WindowExpression>(), e.origin, names);
    case Kind::kExtractValue: return ResolveExtract(e.As<spec::ExtractValue>(), e.origin, names);
    case Kind::kUpdateFields:
      return ResolveUpdateFields(e.As<spec::UpdateFields>(), e.origin, names);
    case Kind::kExpressionString: {
      auto parsed = sql::ParseExpression(e.As<spec::ExpressionString>().text,
                                         ParserOptionsOf(names.analysis));
      return ResolveExpression(*parsed, names);
    }
    case Kind::kScalarSubquery:
      return ResolveScalarSubquery(*e.As<spec::ScalarSubquery>().plan, e.origin, names);
    case Kind::kInSubquery:
      return ResolveInSubquery(e.As<spec::InSubquery>().values, *e.As<spec::InSubquery>().plan,
                               names);
    case Kind::kExistsSubquery: return ResolveExists(*e.As<spec::ExistsSubquery>().plan, names);
    case Kind::kSubqueryReference:
      return ResolveSubqueryReference(e.As<spec::SubqueryReference>(), names);
    case Kind::kLazyExpression:
      return ResolveExpression(*e.As<spec::LazyExpression>().child, names);
    case Kind::kParameter: throw errors::UnboundParameter(e.As<spec::Parameter>());
    case Kind::kUnresolvedStar:
    case Kind::kUnresolvedRegex:
      throw SparkError("INVALID_USAGE_OF_STAR_OR_REGEX",
                       {{"elem", e.kind() == Kind::kUnresolvedStar ? "'*'" : "regular expression"},
                        {"prettyName", "expression"}});
    case Kind::kNamedArgument: throw errors::UnsupportedFeature("named arguments of functions");
    case Kind::kSortOrder: return ResolveExpression(*e.As<spec::SortOrder>().child, names);
    case Kind::kLambdaFunction:
      throw errors::UnsupportedFeature("a lambda function outside of a higher-order function");
    case Kind::kPythonUdf: return ResolvePythonUdf(e.As<spec::PythonUdf>(), names);
    case Kind::kTableArgument:
      throw errors::UnsupportedFeature("tables as arguments of functions that are not Python's");
    case Kind::kPythonTableFunction: throw errors::Internal("a table function in an expression");
    case Kind::kUnsupportedExpression:
      throw errors::UnsupportedFeature(e.As<spec::UnsupportedExpression>().feature);
  }
  throw errors::Internal("an expression of no kind");
}

}  // namespace

plan::ExpressionPtr ResolveExpression(const spec::Expression& expression, Environment& names) {
  CheckStack();
  return AtOrigin(expression.origin, [&] { return ResolveNode(expression, names); });
}

namespace {

void CheckOrderable(const DataType& type, const spec::Expression& order, Environment& names) {
  if (functions::IsOrderable(type)) return;
  throw errors::InvalidOrderingType(SortText(order, names), "sortorder", type.ToSql());
}

}  // namespace

plan::SortKey ResolveSortKey(const spec::Expression& expression, Environment& names) {
  auto* order = expression.TryAs<spec::SortOrder>();
  plan::SortKey key;
  if (order == nullptr) {
    key = {ResolveExpression(expression, names), true, true};
    CheckOrderable(key.child->type, expression, names);
    return key;
  }
  key.child = ResolveExpression(*order->child, names);
  CheckOrderable(key.child->type, expression, names);
  key.ascending = order->direction == spec::SortDirection::kAscending;
  key.nulls_first = order->nulls == spec::NullOrdering::kDefault
                        ? key.ascending
                        : order->nulls == spec::NullOrdering::kFirst;
  return key;
}

bool PointsNowhere(const SparkError& error) {
  static const std::unordered_set<std::string> kConditions = {
      "MISSING_AGGREGATION", "PATH_NOT_FOUND", "WINDOW_FUNCTION_FRAME_NOT_ORDERED",
      "WINDOW_FUNCTION_NOT_ALLOWED_IN_CLAUSE"};
  return kConditions.contains(error.condition());
}

spec::ExpressionPtr Parsed(const spec::ExpressionPtr& expression, const Analysis& analysis) {
  auto* text = expression->TryAs<spec::ExpressionString>();
  return text ? sql::ParseExpression(text->text, ParserOptionsOf(analysis)) : expression;
}

bool HasAggregate(const plan::Expression& expression) {
  return plan::Any(expression, plan::IsAggregate);
}

bool HasWindow(const plan::Expression& expression) {
  return plan::Any(expression, [](const plan::Expression& e) {
    return e.kind() == plan::ExpressionKind::kWindowCall;
  });
}

bool IsGenerator(const plan::Expression& expression) {
  auto* call = expression.TryAs<plan::Call>();
  return call && call->function && call->function->kind == functions::FunctionClass::kGenerator;
}

}  // namespace pyrite::analyzer
