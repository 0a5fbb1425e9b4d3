// Expressions that stand where Spark does not take them. They are looked for before the types are
// looked at, as Spark does.
#pragma once

#include "analyzer/analysis.h"

namespace pyrite::analyzer {

// Raises WINDOW_FUNCTION_NOT_ALLOWED_IN_CLAUSE.
void RefuseWindows(const spec::Expression& expression, const char* clause);
// Raises UNSUPPORTED_GENERATOR.OUTSIDE_SELECT; `place` is a plan's name: "Filter".
void RefuseGenerators(const spec::Expression& expression, const char* place);
// Of a select item: a generator may stand only at its top. UNSUPPORTED_GENERATOR.NESTED_...
void RefuseNestedGenerators(const spec::Expression& item, Environment& names);
// Calls of window and session_window, which WithTimeWindow (query/time_window.h) answers.
std::vector<const spec::UnresolvedFunction*> TimeWindowCalls(const spec::Expressions& expressions);
bool IsTimeWindow(const spec::NameParts& function);
// Whether it has a value only among rows: an aggregate, a window or a generator is in it.
bool NeedsRows(const spec::Expression& value);
// Of a row of VALUES: UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.SCALAR_SUBQUERY_IN_VALUES.
void RefuseScalarSubqueries(const spec::Expression& value);
// Of a row of VALUES or an argument of a table function; `node` is Spark's name of that. Raises
// INVALID_USAGE_OF_STAR_OR_REGEX.
void RefuseStars(const spec::Expression& value, const char* node);
// Of a lambda function's body: UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.HIGHER_ORDER_FUNCTION.
void RefuseSubqueries(const spec::Expression& body);
// FILTER (WHERE ...) of an aggregate function.
void CheckAggregateFilter(const spec::Expression& filter, Environment& names);

}  // namespace pyrite::analyzer
