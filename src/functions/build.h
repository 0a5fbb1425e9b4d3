// What Rewrites put expressions together with.
#pragma once

#include "functions/coercion.h"
#include "functions/registry.h"

namespace pyrite::functions {

// A call of what the engine has under `target`: a kernel of ours (spark_...), or its own function
// or operator (see Rename). The arguments' types must be what it takes.
plan::ExpressionPtr Native(const char* target, plan::Expressions arguments, DataType type,
                           bool nullable, const CallContext& context);
// In kTry the engine turns errors of its own functions into NULL.
plan::ExpressionPtr Native(const char* target, plan::Expressions arguments, DataType type,
                           bool nullable, const CallContext& context, plan::EvalMode mode);
// Of a target whose value is another one each time: the call is never repeated.
plan::ExpressionPtr NativeNondeterministic(const char* target, plan::Expressions arguments,
                                           DataType type, bool nullable,
                                           const CallContext& context);
plan::ExpressionPtr NativeAggregate(const char* target, plan::Expressions arguments, DataType type,
                                    bool nullable, const CallContext& context);
plan::ExpressionPtr NativeWindow(const char* target, plan::Expressions arguments, DataType type,
                                 bool nullable, const CallContext& context);

// A call of a Spark function by its name, coerced and expanded.
plan::ExpressionPtr CallFunction(const char* name, plan::Expressions arguments,
                                 const CallContext& context);

plan::ExpressionPtr IntConstant(int64_t value);  // INT
plan::ExpressionPtr StringConstant(std::string value);
plan::ExpressionPtr BoolConstant(bool value);
plan::ExpressionPtr NullConstant(const DataType& type);

bool AnyNullable(const plan::Expressions& arguments);
bool IsNullType(const plan::ExpressionPtr& expression);
// The value of a constant that is not NULL, else nullptr. It lives as long as the expression.
const Value* ConstantValue(const plan::ExpressionPtr& expression);
const Value* ConstantValue(plan::ExpressionPtr&& expression) = delete;

}  // namespace pyrite::functions
