// The parts of naming: functions and windows.
#pragma once

#include "analyzer/expr/naming.h"

namespace pyrite::analyzer {

std::string FunctionText(const spec::UnresolvedFunction& node, Environment& names);
// The name that a call is shown under; adds to `texts` the optional arguments that Spark shows
// though nobody wrote them, and drops those that it hides.
std::string DisplayName(const std::string& name, std::vector<std::string>& texts);
std::string WindowText(const spec::WindowExpression& node, Environment& names);
// "a ASC NULLS FIRST"
std::string SortText(const spec::Expression& order, Environment& names);

}  // namespace pyrite::analyzer
