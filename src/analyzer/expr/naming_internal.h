// The parts of naming: functions and windows.
#pragma once

#include "analyzer/expr/naming.h"

namespace pyrite::analyzer {

std::string FunctionText(const spec::UnresolvedFunction& node, Environment& names);
std::string WindowText(const spec::WindowExpression& node, Environment& names);
// "a ASC NULLS FIRST"
std::string SortText(const spec::Expression& order, Environment& names);

}  // namespace pyrite::analyzer
