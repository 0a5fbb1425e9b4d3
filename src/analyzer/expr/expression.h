// Expressions: spec to plan, by the names of an Environment.
#pragma once

#include "analyzer/analysis.h"

namespace pyrite::analyzer {

// Any expression. Errors point at the innermost node with a known origin.
plan::ExpressionPtr ResolveExpression(const spec::Expression& expression, Environment& names);

// A SortOrder node, or a bare expression (ascending).
plan::SortKey ResolveSortKey(const spec::Expression& expression, Environment& names);

// One kind each.
plan::ExpressionPtr ResolveAttribute(const spec::UnresolvedAttribute& node, Environment& names);
plan::ExpressionPtr ResolveFunction(const spec::UnresolvedFunction& node,
                                    const spec::Origin& origin, Environment& names);
plan::ExpressionPtr ResolveCast(const spec::Cast& node, const spec::Origin& origin,
                                Environment& names);
plan::ExpressionPtr ResolveExtract(const spec::ExtractValue& node, const spec::Origin& origin,
                                   Environment& names);
plan::ExpressionPtr ResolveWindow(const spec::WindowExpression& node, const spec::Origin& origin,
                                  Environment& names);
plan::ExpressionPtr ResolveUpdateFields(const spec::UpdateFields& node, const spec::Origin& origin,
                                        Environment& names);
plan::ExpressionPtr ResolveScalarSubquery(const spec::Relation& relation,
                                          const spec::Origin& origin, Environment& names);
plan::ExpressionPtr ResolveInSubquery(const spec::Expressions& values,
                                      const spec::Relation& relation, Environment& names);
plan::ExpressionPtr ResolveExists(const spec::Relation& relation, Environment& names);
plan::ExpressionPtr ResolvePythonUdf(const spec::PythonUdf& node, Environment& names);
// The function itself, with the settings that its conversions depend on.
plan::PythonFunctionPtr PythonFunctionOf(const spec::PythonUdf& node, const Analysis& analysis);
plan::PythonFunctionPtr PythonFunctionOf(const spec::PythonTableFunction& node,
                                         const Analysis& analysis);
plan::ExpressionPtr ResolveSubqueryReference(const spec::SubqueryReference& node,
                                             Environment& names);

// struct.field by name (GetField), array<struct>.field too.
plan::ExpressionPtr ExtractField(plan::ExpressionPtr child, const std::string& field,
                                 Environment& names);

// A call by name over resolved arguments, under the analysis' settings.
plan::ExpressionPtr CallFunction(const std::string& name, plan::Expressions arguments,
                                 const Analysis& analysis, const spec::Origin& origin = {});

// The names that a star stands for, as resolved references in order.
plan::NamedExpressions ExpandStar(const spec::UnresolvedStar& star, Environment& names);
plan::NamedExpressions ExpandRegex(const spec::UnresolvedRegex& regex, Environment& names);

// ExpressionString parsed; other expressions as they are.
spec::ExpressionPtr Parsed(const spec::ExpressionPtr& expression, const Analysis& analysis);

// Whether Spark raises the condition without a place in the text.
bool PointsNowhere(const SparkError& error);

// Runs `action`; a SparkError from it that points nowhere is made to point at `origin`.
template <typename Action>
auto AtOrigin(const spec::Origin& origin, Action action) -> decltype(action()) {
  try {
    return action();
  } catch (const SparkError& error) {
    if (!error.contexts().empty() || !origin.known() || PointsNowhere(error)) throw;
    throw error.WithContext(*spec::ContextOf(origin));
  }
}

// The column that window(...) or session_window(...) means here; null where they mean none.
const plan::Column* TimeWindowColumn(const Environment& names);

// ---- what resolved expressions contain
bool HasAggregate(const plan::Expression& expression);
bool HasWindow(const plan::Expression& expression);
bool IsGenerator(const plan::Expression& expression);

}  // namespace pyrite::analyzer
