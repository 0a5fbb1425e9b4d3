#include "functions/build.h"

#include <map>
#include <memory>
#include <mutex>
#include <string_view>
#include <tuple>

namespace pyrite::functions {
namespace {

// Rows of targets that no Spark name has; one a target, for ever.
const Function* NativeRow(const char* target, FunctionClass kind,
                          Determinism determinism = Determinism::kDeterministic) {
  static std::mutex mutex;
  static std::map<std::tuple<std::string_view, FunctionClass, Determinism>,
                  std::unique_ptr<Function>>
      rows;
  std::lock_guard lock(mutex);
  std::unique_ptr<Function>& row = rows[{target, kind, determinism}];
  if (!row) {
    row = std::make_unique<Function>();
    row->name = target;
    row->signatures = "(any...) -> any";
    row->kind = kind;
    row->determinism = determinism;
    if (std::string_view(target).starts_with("spark_")) {
      row->means = Kernel{target};
    } else {
      row->means = Rename{target};
    }
  }
  return row.get();
}

}  // namespace

plan::ExpressionPtr Native(const char* target, plan::Expressions arguments, DataType type,
                           bool nullable, const CallContext& context) {
  return Native(target, std::move(arguments), std::move(type), nullable, context, ModeOf(context));
}

plan::ExpressionPtr Native(const char* target, plan::Expressions arguments, DataType type,
                           bool nullable, const CallContext& context, plan::EvalMode mode) {
  plan::Call call{NativeRow(target, FunctionClass::kScalar), std::move(arguments), mode};
  return plan::Make(std::move(call), std::move(type), nullable, context.query_context);
}

plan::ExpressionPtr NativeNondeterministic(const char* target, plan::Expressions arguments,
                                           DataType type, bool nullable,
                                           const CallContext& context) {
  plan::Call call{NativeRow(target, FunctionClass::kScalar, Determinism::kNondeterministic),
                  std::move(arguments), ModeOf(context)};
  return plan::Make(std::move(call), std::move(type), nullable, context.query_context);
}

namespace {

plan::ExpressionPtr NativeOf(FunctionClass kind, const char* target, plan::Expressions arguments,
                             DataType type, bool nullable, const CallContext& context) {
  plan::AggregateCall call;
  call.function = NativeRow(target, kind);
  call.arguments = std::move(arguments);
  call.mode = ModeOf(context);
  return plan::Make(std::move(call), std::move(type), nullable, context.query_context);
}

}  // namespace

plan::ExpressionPtr NativeAggregate(const char* target, plan::Expressions arguments, DataType type,
                                    bool nullable, const CallContext& context) {
  return NativeOf(FunctionClass::kAggregate, target, std::move(arguments), std::move(type),
                  nullable, context);
}

plan::ExpressionPtr NativeWindow(const char* target, plan::Expressions arguments, DataType type,
                                 bool nullable, const CallContext& context) {
  return NativeOf(FunctionClass::kWindow, target, std::move(arguments), std::move(type), nullable,
                  context);
}

plan::ExpressionPtr CallFunction(const char* name, plan::Expressions arguments,
                                 const CallContext& context) {
  UnresolvedCall call;
  call.name = name;
  call.arguments = std::move(arguments);
  return Resolve(call, context);
}

plan::ExpressionPtr IntConstant(int64_t value) {
  return plan::MakeConstant({DataType::Integer(), Value(value)});
}

plan::ExpressionPtr StringConstant(std::string value) {
  return plan::MakeConstant(Literal::String(std::move(value)));
}

plan::ExpressionPtr BoolConstant(bool value) { return plan::MakeConstant(Literal::Boolean(value)); }

plan::ExpressionPtr NullConstant(const DataType& type) {
  return plan::MakeConstant(Literal::Null(type));
}

bool AnyNullable(const plan::Expressions& arguments) {
  for (const plan::ExpressionPtr& argument : arguments) {
    if (argument->nullable) return true;
  }
  return false;
}

bool IsNullType(const plan::ExpressionPtr& expression) {
  return expression->type.Is(TypeKind::kNull);
}

const Value* ConstantValue(const plan::ExpressionPtr& expression) {
  const auto* constant = expression->TryAs<plan::Constant>();
  return constant == nullptr || constant->value.is_null() ? nullptr : &constant->value;
}

}  // namespace pyrite::functions
