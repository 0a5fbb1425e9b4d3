#include "functions/arithmetic.h"

#include "base/errors.h"
#include "functions/build.h"
#include "functions/calendar_interval.h"
#include "functions/datetime_arithmetic.h"
#include "functions/decimal_types.h"
#include "functions/sql_text.h"

namespace pyrite::functions {
namespace {

using plan::EvalMode;
using plan::ExpressionPtr;
using plan::Expressions;

enum class Operation { kAdd, kSubtract, kMultiply, kDivide, kRemainder, kIntegralDivide };

// What an operator is called, by the mode of evaluation (ANSI, TRY, legacy) and the kind of
// operand.
struct Targets {
  const char* symbol;
  const char* integral[3];
  const char* floating[3];
  const char* decimal[3];
};

// TRY and legacy differ for integers only.
constexpr Targets kTargets[] = {
    {"+",
     {"+", "+", "spark_wrap_add"},
     {"+", "+", "+"},
     {"spark_decimal_add", "spark_decimal_try_add", "spark_decimal_try_add"}},
    {"-",
     {"-", "-", "spark_wrap_subtract"},
     {"-", "-", "-"},
     {"spark_decimal_subtract", "spark_decimal_try_subtract", "spark_decimal_try_subtract"}},
    {"*",
     {"*", "*", "spark_wrap_multiply"},
     {"*", "*", "*"},
     {"spark_decimal_multiply", "spark_decimal_try_multiply", "spark_decimal_try_multiply"}},
    {"/",
     {nullptr, nullptr, nullptr},
     {"spark_divide", "spark_try_divide", "spark_try_divide"},
     {"spark_decimal_divide", "spark_decimal_try_divide", "spark_decimal_try_divide"}},
    {"%",
     {"spark_mod", "spark_try_mod", "spark_try_mod"},
     {"spark_mod", "spark_try_mod", "spark_try_mod"},
     {"spark_decimal_mod", "spark_decimal_try_mod", "spark_decimal_try_mod"}},
    {"div",
     {"spark_div", "spark_try_div", "spark_try_div"},
     {nullptr, nullptr, nullptr},
     {"spark_decimal_div", "spark_decimal_try_div", "spark_decimal_try_div"}},
};

const char* TryName(Operation operation) {
  constexpr const char* kNames[] = {"try_add",    "try_subtract", "try_multiply",
                                    "try_divide", "try_mod",      "div"};
  return kNames[static_cast<int>(operation)];
}

const Targets& TargetsOf(Operation operation) { return kTargets[static_cast<int>(operation)]; }

std::string NameOf(Operation operation, EvalMode mode) {
  return mode == EvalMode::kTry ? TryName(operation) : TargetsOf(operation).symbol;
}

[[noreturn]] void ThrowMismatch(Operation operation, EvalMode mode, const Expressions& arguments) {
  std::string text = SqlOfCall(NameOf(operation, mode), arguments);
  DataType left = arguments[0]->type, right = arguments[1]->type;
  if (operation == Operation::kIntegralDivide) {  // Spark has widened what it could by then
    if (left.IsIntegral()) left = DataType::Long();
    if (right.IsIntegral()) right = DataType::Long();
  }
  if (!(left == right)) throw errors::BinaryOpDiffTypes(text, left.ToSql(), right.ToSql());
  bool intervals = operation == Operation::kAdd || operation == Operation::kSubtract ||
                   operation == Operation::kDivide;
  std::string required = intervals ? "(\"NUMERIC\" or \"INTERVAL DAY TO SECOND\" or \"INTERVAL "
                                     "YEAR TO MONTH\" or \"INTERVAL\")"
                                   : "\"NUMERIC\"";
  if (operation == Operation::kIntegralDivide) required = "(\"BIGINT\" or \"DECIMAL\")";
  throw errors::BinaryOpWrongType(text, required, left.ToSql());
}

DataType DecimalResult(Operation operation, const DataType& left, const DataType& right) {
  switch (operation) {
    case Operation::kAdd:
    case Operation::kSubtract: return DecimalAddType(left, right);
    case Operation::kMultiply: return DecimalMultiplyType(left, right);
    case Operation::kDivide: return DecimalDivideType(left, right);
    case Operation::kRemainder: return DecimalRemainderType(left, right);
    case Operation::kIntegralDivide: break;
  }
  return DataType::Long();
}

bool AlwaysNullable(Operation operation) {
  return operation == Operation::kDivide || operation == Operation::kRemainder ||
         operation == Operation::kIntegralDivide;
}

ExpressionPtr OfDecimals(Operation operation, EvalMode mode, const CallContext& context,
                         ExpressionPtr left, ExpressionPtr right) {
  left = Coerce(left, DecimalForType(left->type), context);
  right = Coerce(right, DecimalForType(right->type), context);
  DataType type = DecimalResult(operation, left->type, right->type);
  bool nullable =
      left->nullable || right->nullable || mode != EvalMode::kAnsi || AlwaysNullable(operation);
  return Native(TargetsOf(operation).decimal[static_cast<int>(mode)], {left, right}, type, nullable,
                context);
}

ExpressionPtr OfNumbers(Operation operation, EvalMode mode, const CallContext& context,
                        const DataType& type, ExpressionPtr left, ExpressionPtr right) {
  left = Coerce(left, type, context);
  right = Coerce(right, type, context);
  const Targets& targets = TargetsOf(operation);
  const auto& by_mode = type.IsIntegral() ? targets.integral : targets.floating;
  bool nullable =
      left->nullable || right->nullable || mode == EvalMode::kTry || AlwaysNullable(operation);
  DataType result = operation == Operation::kIntegralDivide ? DataType::Long() : type;
  return Native(by_mode[static_cast<int>(mode)], {left, right}, result, nullable, context, mode);
}

// A string operand takes a numeric type from the other side; NULL, too.
ExpressionPtr Numeric(const ExpressionPtr& operand, const ExpressionPtr& other,
                      const CallContext& context) {
  if (operand->type.IsString()) {
    bool integral = context.ansi && other->type.IsIntegral();
    return Coerce(operand, integral ? DataType::Long() : DataType::Double(), context);
  }
  if (!IsNullType(operand)) return operand;
  bool numeric = other->type.IsNumeric();
  return Coerce(operand, numeric ? other->type : DataType::Double(), context);
}

// NULL where it fails.
ExpressionPtr AsTry(const ExpressionPtr& expression) {
  if (const auto* cast = expression->TryAs<plan::Cast>()) {
    return plan::Make(plan::Cast{AsTry(cast->child), EvalMode::kTry}, expression->type, true,
                      expression->context);
  }
  const auto* call = expression->TryAs<plan::Call>();
  if (call == nullptr) return expression;
  plan::Call lenient = *call;
  lenient.mode = EvalMode::kTry;
  return plan::Make(std::move(lenient), expression->type, true, expression->context);
}

ExpressionPtr Apply(Operation operation, EvalMode mode, const CallContext& context,
                    const Expressions& arguments) {
  if (auto moved = DatetimeArithmetic(TargetsOf(operation).symbol, mode, arguments, context)) {
    return mode == EvalMode::kTry ? AsTry(moved) : moved;
  }
  ExpressionPtr left = Numeric(arguments[0], arguments[1], context);
  ExpressionPtr right = Numeric(arguments[1], arguments[0], context);
  if (!left->type.IsNumeric() || !right->type.IsNumeric()) {
    ThrowMismatch(operation, mode, arguments);
  }
  left = NarrowLiteral(left, right->type, context);
  right = NarrowLiteral(right, left->type, context);
  DataType type = *WiderType(left->type, right->type, context.ansi);
  if (type.Is(TypeKind::kDecimal)) return OfDecimals(operation, mode, context, left, right);
  if (operation == Operation::kDivide) type = DataType::Double();
  if (operation == Operation::kIntegralDivide) {
    if (!type.IsIntegral()) ThrowMismatch(operation, mode, {left, right});
    type = DataType::Long();
  }
  return OfNumbers(operation, mode, context, type, left, right);
}

}  // namespace

ExpressionPtr NarrowLiteral(const ExpressionPtr& operand, const DataType& other,
                            const CallContext& context) {
  if (!other.Is(TypeKind::kDecimal) || !operand->type.IsIntegral()) return operand;
  const Value* value = ConstantValue(operand);
  if (value == nullptr) return operand;
  Int128 unscaled = value->as_int();
  int digits = 0;
  for (Int128 rest = unscaled; rest != 0; rest /= 10) ++digits;
  return Coerce(operand, DataType::Decimal(std::max(digits, 1), 0), context);
}

ExpressionPtr Positive(const CallContext&, const Expressions& arguments) { return arguments[0]; }

ExpressionPtr Add(const CallContext& context, const Expressions& arguments) {
  if (arguments.size() == 1) return CallFunction("positive", arguments, context);
  return Apply(Operation::kAdd, ModeOf(context), context, arguments);
}

ExpressionPtr Subtract(const CallContext& context, const Expressions& arguments) {
  if (arguments.size() == 1) return Negative(context, arguments);
  return Apply(Operation::kSubtract, ModeOf(context), context, arguments);
}

ExpressionPtr Multiply(const CallContext& context, const Expressions& arguments) {
  return Apply(Operation::kMultiply, ModeOf(context), context, arguments);
}

ExpressionPtr Divide(const CallContext& context, const Expressions& arguments) {
  return Apply(Operation::kDivide, ModeOf(context), context, arguments);
}

ExpressionPtr Remainder(const CallContext& context, const Expressions& arguments) {
  return Apply(Operation::kRemainder, ModeOf(context), context, arguments);
}

ExpressionPtr IntegralDivide(const CallContext& context, const Expressions& arguments) {
  return Apply(Operation::kIntegralDivide, ModeOf(context), context, arguments);
}

ExpressionPtr TryAdd(const CallContext& context, const Expressions& arguments) {
  return Apply(Operation::kAdd, EvalMode::kTry, context, arguments);
}

ExpressionPtr TrySubtract(const CallContext& context, const Expressions& arguments) {
  return Apply(Operation::kSubtract, EvalMode::kTry, context, arguments);
}

ExpressionPtr TryMultiply(const CallContext& context, const Expressions& arguments) {
  return Apply(Operation::kMultiply, EvalMode::kTry, context, arguments);
}

ExpressionPtr TryDivide(const CallContext& context, const Expressions& arguments) {
  return Apply(Operation::kDivide, EvalMode::kTry, context, arguments);
}

ExpressionPtr TryRemainder(const CallContext& context, const Expressions& arguments) {
  return Apply(Operation::kRemainder, EvalMode::kTry, context, arguments);
}

ExpressionPtr Negative(const CallContext& context, const Expressions& arguments) {
  if (arguments[0]->type.Is(TypeKind::kCalendarInterval)) {
    return NegativeCalendar(arguments[0], context);
  }
  ExpressionPtr child = Numeric(arguments[0], arguments[0], context);
  if (child->type.IsString() || IsNullType(child)) {
    child = Coerce(child, DataType::Double(), context);
  }
  if (!child->type.IsNumeric() && !child->type.IsAnsiInterval()) {
    throw errors::UnexpectedInputType(
        SqlOfCall("negative", arguments), "first",
        "(\"NUMERIC\" or \"INTERVAL DAY TO SECOND\" or \"INTERVAL YEAR TO MONTH\" or \"INTERVAL\")",
        SqlOf(*arguments[0]), arguments[0]->type.ToSql());
  }
  bool wraps = !context.ansi && child->type.IsIntegral();
  return Native(wraps ? "spark_wrap_negative" : "-", {child}, child->type, child->nullable,
                context);
}

}  // namespace pyrite::functions
