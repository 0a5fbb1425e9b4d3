// Typed factories of SparkError, one a condition. Names and parameters are Spark's
// (its error-conditions catalogue); the wording stands in conditions.cc.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace pyrite::errors {

// Our own bug, never the user's input.
SparkError Internal(const std::string& what);

// A feature of Spark that Pyrite does not have (yet). `feature` as a user would name it.
SparkError UnsupportedFeature(const std::string& feature);

SparkError UnresolvedColumn(const std::string& name, const std::vector<std::string>& suggestions);
SparkError UnresolvedField(const std::string& name, const std::vector<std::string>& fields);
SparkError UnresolvedRoutine(const std::string& name);
SparkError AmbiguousReference(const std::string& name, const std::vector<std::string>& candidates);
SparkError TableNotFound(const std::string& name);
SparkError PathNotFound(const std::string& path);
SparkError WrongNumArgs(const std::string& function, const std::string& expected, size_t actual);
SparkError UnexpectedInputType(const std::string& sql_expr, const std::string& ordinal,
                               const std::string& required, const std::string& input_sql,
                               const std::string& input_type);
SparkError ParseSyntax(const std::string& near, const std::string& hint);

// `ab`.`c` with each part quoted, as Spark's messages show names.
std::string QuoteName(const std::vector<std::string>& parts);
// "INT": a type or an expression as Spark's messages show them.
std::string Quoted(std::string_view text);

}  // namespace pyrite::errors
