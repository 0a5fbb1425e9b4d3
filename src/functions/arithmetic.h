// The arithmetic operators: Spark's types for them, and the calls that compute them.
#pragma once

#include "functions/registry.h"

namespace pyrite::functions {

plan::ExpressionPtr Add(const CallContext&, const plan::Expressions&);
plan::ExpressionPtr Subtract(const CallContext&, const plan::Expressions&);
plan::ExpressionPtr Multiply(const CallContext&, const plan::Expressions&);
plan::ExpressionPtr Divide(const CallContext&, const plan::Expressions&);
plan::ExpressionPtr Remainder(const CallContext&, const plan::Expressions&);
plan::ExpressionPtr IntegralDivide(const CallContext&, const plan::Expressions&);
plan::ExpressionPtr Negative(const CallContext&, const plan::Expressions&);
plan::ExpressionPtr Positive(const CallContext&, const plan::Expressions&);
plan::ExpressionPtr TryAdd(const CallContext&, const plan::Expressions&);
plan::ExpressionPtr TrySubtract(const CallContext&, const plan::Expressions&);
plan::ExpressionPtr TryMultiply(const CallContext&, const plan::Expressions&);
plan::ExpressionPtr TryDivide(const CallContext&, const plan::Expressions&);
plan::ExpressionPtr TryRemainder(const CallContext&, const plan::Expressions&);

// An integer literal beside a decimal becomes the smallest decimal that holds it (1: DECIMAL(1,0)).
plan::ExpressionPtr NarrowLiteral(const plan::ExpressionPtr& operand, const DataType& other,
                                  const CallContext& context);

}  // namespace pyrite::functions
