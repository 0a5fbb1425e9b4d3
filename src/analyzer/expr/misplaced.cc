#include "analyzer/expr/misplaced.h"

#include <algorithm>
#include <functional>

#include "analyzer/errors.h"
#include "analyzer/expr/naming.h"
#include "base/stack_guard.h"

namespace pyrite::analyzer {
namespace {

using Test = std::function<bool(const spec::Expression&)>;

const spec::Expression* Find(const spec::Expression& e, const Test& test);

const spec::Expression* FindIn(const spec::Expressions& list, const Test& test) {
  for (const spec::ExpressionPtr& item : list) {
    if (const spec::Expression* found = Find(*item, test)) return found;
  }
  return nullptr;
}

const spec::Expression* FindIn(const spec::ExpressionPtr& child, const Test& test) {
  return child ? Find(*child, test) : nullptr;
}

const spec::Expression* FindBelow(const spec::UnresolvedFunction& call, const Test& test) {
  if (auto* found = FindIn(call.arguments, test)) return found;
  if (auto* found = FindIn(call.filter, test)) return found;
  return FindIn(call.within_group, test);
}

const spec::Expression* FindBelow(const spec::WindowExpression& window, const Test& test) {
  if (auto* found = FindIn(window.function, test)) return found;
  if (auto* found = FindIn(window.window.partition_by, test)) return found;
  return FindIn(window.window.order_by, test);
}

// The children of the other kinds that hold expressions of the same query.
const spec::Expression* FindBelow(const spec::Expression& e, const Test& test) {
  using Kind = spec::ExpressionKind;
  switch (e.kind()) {
    case Kind::kUnresolvedFunction: return FindBelow(e.As<spec::UnresolvedFunction>(), test);
    case Kind::kWindowExpression: return FindBelow(e.As<spec::WindowExpression>(), test);
    case Kind::kAlias: return FindIn(e.As<spec::Alias>().child, test);
    case Kind::kCast: return FindIn(e.As<spec::Cast>().child, test);
    case Kind::kSortOrder: return FindIn(e.As<spec::SortOrder>().child, test);
    case Kind::kNamedArgument: return FindIn(e.As<spec::NamedArgument>().value, test);
    case Kind::kLambdaFunction: return FindIn(e.As<spec::LambdaFunction>().body, test);
    case Kind::kExtractValue: {
      auto& node = e.As<spec::ExtractValue>();
      auto* found = FindIn(node.child, test);
      return found ? found : FindIn(node.key, test);
    }
    case Kind::kInSubquery: return FindIn(e.As<spec::InSubquery>().values, test);
    default: return nullptr;
  }
}

const spec::Expression* Find(const spec::Expression& e, const Test& test) {
  CheckStack();
  return test(e) ? &e : FindBelow(e, test);
}

bool IsOfClass(const spec::Expression& e, functions::FunctionClass kind) {
  auto* call = e.TryAs<spec::UnresolvedFunction>();
  const functions::Function* function = call ? functions::Find(call->name_parts.back()) : nullptr;
  return function && function->kind == kind;
}

bool IsWindow(const spec::Expression& e) {
  return e.kind() == spec::ExpressionKind::kWindowExpression;
}
bool IsGeneratorCall(const spec::Expression& e) {
  return IsOfClass(e, functions::FunctionClass::kGenerator);
}
bool IsAggregateCall(const spec::Expression& e) {
  return IsOfClass(e, functions::FunctionClass::kAggregate);
}

// count(*)
bool IsRowCount(const spec::UnresolvedFunction& call) {
  return FoldCase(call.name_parts.back(), false) == "count" && call.arguments.size() == 1 &&
         !call.is_distinct;
}

}  // namespace

void RefuseWindows(const spec::Expression& expression, const char* clause) {
  if (Find(expression, IsWindow)) throw errors::WindowNotAllowed(clause);
}

void RefuseGenerators(const spec::Expression& expression, const char* place) {
  if (!Find(expression, IsGeneratorCall)) return;
  throw SparkError("UNSUPPORTED_GENERATOR.OUTSIDE_SELECT", {{"plan", place}});
}

void RefuseNestedGenerators(const spec::Expression& item, Environment& names) {
  auto* alias = item.TryAs<spec::Alias>();
  const spec::Expression& shown = alias ? *alias->child : item;
  bool nested = IsGeneratorCall(shown) ? FindBelow(shown, IsGeneratorCall) != nullptr
                                       : Find(shown, IsGeneratorCall) != nullptr;
  if (!nested) return;
  throw SparkError("UNSUPPORTED_GENERATOR.NESTED_IN_EXPRESSIONS",
                   {{"expression", errors::Quoted(PrettyName(shown, names))}});
}

std::vector<const spec::UnresolvedFunction*> TimeWindowCalls(const spec::Expressions& expressions) {
  std::vector<const spec::UnresolvedFunction*> calls;
  FindIn(expressions, [&](const spec::Expression& e) {
    auto* call = e.TryAs<spec::UnresolvedFunction>();
    if (call && IsTimeWindow(call->name_parts)) calls.push_back(call);
    return false;
  });
  return calls;
}

bool IsTimeWindow(const spec::NameParts& function) {
  std::string name = FoldCase(function.back(), false);
  return name == "window" || name == "session_window";
}

bool NeedsRows(const spec::Expression& value) {
  return Find(value, [](const spec::Expression& e) {
    return IsAggregateCall(e) || IsWindow(e) || IsGeneratorCall(e);
  });
}

void RefuseScalarSubqueries(const spec::Expression& value) {
  auto is_subquery = [](const spec::Expression& e) {
    return e.kind() == spec::ExpressionKind::kScalarSubquery;
  };
  if (!Find(value, is_subquery)) return;
  throw SparkError("UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.SCALAR_SUBQUERY_IN_VALUES", {});
}

void RefuseStars(const spec::Expression& value, const char* node) {
  const auto is_star = [](const spec::Expression& e) {
    return e.kind() == spec::ExpressionKind::kUnresolvedStar;
  };
  const auto has_star = [&](const spec::Expression& e) {
    auto* call = e.TryAs<spec::UnresolvedFunction>();
    if (!call || IsRowCount(*call)) return false;
    return std::ranges::any_of(call->arguments, [&](const auto& a) { return is_star(*a); });
  };
  if (!is_star(value) && !Find(value, has_star)) return;
  throw SparkError("INVALID_USAGE_OF_STAR_OR_REGEX", {{"elem", "'*'"}, {"prettyName", node}});
}

void RefuseSubqueries(const spec::Expression& body) {
  auto is_subquery = [](const spec::Expression& e) {
    return e.kind() == spec::ExpressionKind::kScalarSubquery ||
           e.kind() == spec::ExpressionKind::kInSubquery ||
           e.kind() == spec::ExpressionKind::kExistsSubquery;
  };
  if (!Find(body, is_subquery)) return;
  throw SparkError("UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.HIGHER_ORDER_FUNCTION", {});
}

void CheckAggregateFilter(const spec::Expression& filter, Environment& names) {
  const spec::Expression* window = Find(filter, IsWindow);
  const spec::Expression* aggregate = window ? nullptr : Find(filter, IsAggregateCall);
  if (!window && !aggregate) return;
  std::string shown = errors::Quoted(PrettyName(filter, names));
  if (window) {
    throw SparkError(
        "INVALID_AGGREGATE_FILTER.CONTAINS_WINDOW_FUNCTION",
        {{"filterExpr", shown}, {"windowExpr", errors::Quoted(PrettyName(*window, names))}});
  }
  throw SparkError(
      "INVALID_AGGREGATE_FILTER.CONTAINS_AGGREGATE",
      {{"filterExpr", shown}, {"aggExpr", errors::Quoted(PrettyName(*aggregate, names))}});
}

}  // namespace pyrite::analyzer
