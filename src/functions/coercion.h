// Parts of Spark's implicit casts that the matcher and the operators share.
#pragma once

#include <optional>

#include "functions/registry.h"

namespace pyrite::functions {

// The common type of two operands of a comparison. As WiderType, but without ANSI a string gives
// way to the other side's type.
std::optional<DataType> ComparisonType(const DataType& left, const DataType& right, bool ansi);

// The common type of an array's elements and what is looked for in it: as WiderType, but strings
// stay strings and the ranges of intervals must be the same.
std::optional<DataType> WiderElement(const DataType& left, const DataType& right, bool ansi);
// The same of two arrays' elements: decimals stay as they are, too.
std::optional<DataType> TightestType(const DataType& left, const DataType& right, bool ansi);

// The type that Spark casts `from` to where a parameter of type `to` stands; nullopt: not allowed.
std::optional<DataType> ImplicitCast(const DataType& from, const DataType& to, bool ansi);

// Whether values of the type have an order: ORDER BY, comparisons, max().
bool IsOrderable(const DataType& type);

plan::EvalMode ModeOf(const CallContext& context);

// A cast that is evaluated at once when it is of a plain numeric constant.
plan::ExpressionPtr CastTo(plan::ExpressionPtr expression, const DataType& type,
                           plan::EvalMode mode);

}  // namespace pyrite::functions
