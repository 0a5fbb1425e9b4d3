// + and - of dates, timestamps and intervals.
#pragma once

#include "functions/registry.h"

namespace pyrite::functions {

// nullptr when no operand is a date, a timestamp or an interval.
plan::ExpressionPtr DatetimeArithmetic(std::string_view symbol, plan::EvalMode mode,
                                       const plan::Expressions& arguments,
                                       const CallContext& context);

}  // namespace pyrite::functions
