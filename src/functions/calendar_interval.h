// Arithmetic with intervals of months, days and microseconds together.
#pragma once

#include "functions/build.h"

namespace pyrite::functions {

// A date or a timestamp moved by an interval: by its months, then its days, then its time.
plan::ExpressionPtr MoveByCalendar(const plan::ExpressionPtr& moved,
                                   const plan::ExpressionPtr& interval, bool backwards,
                                   const CallContext& context);

plan::ExpressionPtr NegativeCalendar(const plan::ExpressionPtr& interval,
                                     const CallContext& context);

// interval + interval, interval * number, ...; nullptr: Spark has no such thing.
plan::ExpressionPtr CalendarArithmetic(std::string_view symbol, plan::EvalMode mode,
                                       const plan::Expressions& arguments,
                                       const CallContext& context);

}  // namespace pyrite::functions
