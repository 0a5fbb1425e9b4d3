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
// Of a row of VALUES: UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.SCALAR_SUBQUERY_IN_VALUES.
void RefuseScalarSubqueries(const spec::Expression& value);
// Of a lambda function's body: UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.HIGHER_ORDER_FUNCTION.
void RefuseSubqueries(const spec::Expression& body);
// FILTER (WHERE ...) of an aggregate function.
void CheckAggregateFilter(const spec::Expression& filter, Environment& names);

}  // namespace pyrite::analyzer
