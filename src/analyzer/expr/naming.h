// The names that Spark gives to expressions without an alias.
#pragma once

#include "analyzer/analysis.h"

namespace pyrite::analyzer {

// "(a + 1)": the expression as Spark prints it, in generated names and in errors.
std::string PrettyName(const spec::Expression& expression, Environment& names);
// What the output column of a select item is called.
std::string ColumnName(const spec::Expression& expression, Environment& names);

// The aggregate calls in an expression, their columns with qualifiers: "sum(t.a), max(t.b)".
std::string AggregateNames(const spec::Expression& expression, Environment& names);

// The function that the session registered under the name that is called, a PythonUdf without
// arguments; null for none. What Spark has itself comes first.
spec::ExpressionPtr RegisteredFunction(const spec::UnresolvedFunction& node,
                                       const Environment& names);

}  // namespace pyrite::analyzer
