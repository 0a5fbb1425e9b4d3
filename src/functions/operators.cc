// Comparison, logic and predicates. Arithmetic stands in arithmetic.cc.

#include <algorithm>

#include "base/errors.h"
#include "functions/arithmetic.h"
#include "functions/build.h"
#include "functions/families.h"
#include "functions/sql_text.h"
#include "functions/whole_bound.h"

namespace pyrite::functions {
namespace {

using plan::ExpressionPtr;
using plan::Expressions;

// The comparison of an integer with a decimal literal; null for others.
ExpressionPtr CompareWithWhole(std::string_view symbol, const CallContext& context,
                               const ExpressionPtr& integer, const ExpressionPtr& literal) {
  auto* constant = literal->TryAs<plan::Constant>();
  if (!constant || !integer->type.IsIntegral()) return nullptr;
  auto bound = FindWholeBound(symbol, {literal->type, constant->value});
  if (!bound) return nullptr;
  if (!bound->number) return BoolConstant(bound->result);
  plan::Expressions operands = {Coerce(integer, DataType::Long(), context),
                                plan::MakeConstant(Literal::Long(*bound->number))};
  bool nullable = integer->nullable;
  return Native(symbol.data(), std::move(operands), DataType::Boolean(), nullable, context);
}

// Where ANSI is off TRUE equals 1, and FALSE 0 (BooleanEquality).
std::optional<DataType> TypeOfEquality(std::string_view target, const DataType& left,
                                       const DataType& right) {
  if (target != "=" && target != "!=" && target != "<=>") return std::nullopt;
  if (left.Is(TypeKind::kBoolean) && right.IsNumeric()) return right;
  if (right.Is(TypeKind::kBoolean) && left.IsNumeric()) return left;
  return std::nullopt;
}

ExpressionPtr CompareAsTypesSay(const char* name, const char* target, const CallContext& context,
                                const Expressions& arguments) {
  ExpressionPtr left = NarrowLiteral(arguments[0], arguments[1]->type, context);
  ExpressionPtr right = NarrowLiteral(arguments[1], arguments[0]->type, context);
  auto type = ComparisonType(left->type, right->type, context.ansi);
  if (!type && !context.ansi) type = TypeOfEquality(target, left->type, right->type);
  if (!type) {
    throw errors::BinaryOpDiffTypes(SqlOfCall(name, arguments), arguments[0]->type.ToSql(),
                                    arguments[1]->type.ToSql());
  }
  if (!IsOrderable(*type)) {
    throw errors::InvalidOrderingType(SqlOfCall(name, arguments), name, type->ToSql());
  }
  left = Coerce(left, *type, context);
  right = Coerce(right, *type, context);
  bool is_null_safe = std::string_view(target) == "<=>";
  bool nullable = !is_null_safe && (left->nullable || right->nullable);
  return Native(target, {left, right}, DataType::Boolean(), nullable, context);
}

ExpressionPtr Compare(const char* name, const char* target, const CallContext& context,
                      const Expressions& arguments) {
  auto whole = CompareWithWhole(target, context, arguments[0], arguments[1]);
  if (!whole) whole = CompareWithWhole(Flipped(target), context, arguments[1], arguments[0]);
  return whole ? whole : CompareAsTypesSay(name, target, context, arguments);
}

#define PYRITE_COMPARISON(Name, symbol, target)                                  \
  ExpressionPtr Name(const CallContext& context, const Expressions& arguments) { \
    return Compare(symbol, target, context, arguments);                          \
  }
PYRITE_COMPARISON(Equal, "=", "=")
PYRITE_COMPARISON(NotEqual, "=", "!=")
PYRITE_COMPARISON(EqualNullSafe, "<=>", "<=>")
PYRITE_COMPARISON(Less, "<", "<")
PYRITE_COMPARISON(LessOrEqual, "<=", "<=")
PYRITE_COMPARISON(Greater, ">", ">")
PYRITE_COMPARISON(GreaterOrEqual, ">=", ">=")
#undef PYRITE_COMPARISON

ExpressionPtr Logic(const char* name, const CallContext& context, const Expressions& arguments) {
  Expressions operands;
  for (const ExpressionPtr& argument : arguments) {
    bool is_void = IsNullType(argument);
    if (!is_void && !argument->type.Is(TypeKind::kBoolean)) {
      if (argument->type.IsString() && context.ansi) {
        operands.push_back(Coerce(argument, DataType::Boolean(), context));
        continue;
      }
      bool same = arguments[0]->type == arguments[1]->type;
      if (same) {
        throw errors::BinaryOpWrongType(SqlOfCall(name, arguments), "\"BOOLEAN\"",
                                        argument->type.ToSql());
      }
      throw errors::BinaryOpDiffTypes(SqlOfCall(name, arguments), arguments[0]->type.ToSql(),
                                      arguments[1]->type.ToSql());
    }
    operands.push_back(Coerce(argument, DataType::Boolean(), context));
  }
  bool nullable = AnyNullable(operands);
  return Native(name, std::move(operands), DataType::Boolean(), nullable, context);
}

ExpressionPtr And(const CallContext& context, const Expressions& arguments) {
  return Logic("and", context, arguments);
}

ExpressionPtr Or(const CallContext& context, const Expressions& arguments) {
  return Logic("or", context, arguments);
}

ExpressionPtr In(const CallContext& context, const Expressions& arguments) {
  std::vector<DataType> types;
  types.reserve(arguments.size());
  Expressions operands;
  operands.reserve(arguments.size());
  for (const ExpressionPtr& argument : arguments) {
    operands.push_back(argument);
    if (types.empty() || types.back() != operands.back()->type) {
      types.push_back(operands.back()->type);
    }
  }
  bool alike = std::all_of(types.begin(), types.end(),
                           [&](const DataType& type) { return type.SameStructure(types[0]); });
  // Whatever the names of fields.
  auto type = alike ? std::optional(types[0].AsNullable()) : WiderType(types, context.ansi);
  if (!type) {
    std::string list;
    for (const ExpressionPtr& argument : arguments) {
      list += (list.empty() ? "" : ", ") + errors::Quoted(argument->type.ToSql());
    }
    throw errors::DataDiffTypes(SqlOfCall("in", arguments), "`in`", "[" + list + "]");
  }
  if (!IsOrderable(*type)) {
    throw errors::InvalidOrderingType(SqlOfCall("in", arguments), "in", type->ToSql());
  }
  for (ExpressionPtr& operand : operands) operand = Coerce(operand, *type, context);
  bool nullable = AnyNullable(operands);
  return Native("in", std::move(operands), DataType::Boolean(), nullable, context);
}

ExpressionPtr Between(const CallContext& context, const Expressions& arguments) {
  // The value is computed once, for both comparisons: Spark does not see it as a literal then.
  if (arguments[0]->kind() == plan::ExpressionKind::kConstant) {
    return Logic("and", context,
                 {CompareAsTypesSay(">=", ">=", context, {arguments[0], arguments[1]}),
                  CompareAsTypesSay("<=", "<=", context, {arguments[0], arguments[2]})});
  }
  return Logic("and", context,
               {GreaterOrEqual(context, {arguments[0], arguments[1]}),
                LessOrEqual(context, {arguments[0], arguments[2]})});
}

constexpr Function kRows[] = {
    {.name = "==",
     .aliases = "=",
     .signatures = "(any, any) -> boolean",
     .doc = "Whether both are equal.",
     .means = Rewrite{Equal}},
    {.name = "!=",
     .aliases = "<>",
     .signatures = "(any, any) -> boolean",
     .doc = "Whether both differ.",
     .means = Rewrite{NotEqual}},
    {.name = "<=>",
     .aliases = "equal_null",
     .signatures = "(any, any) -> boolean",
     .nulls = NullRule::kNever,
     .doc = "Whether both are equal, NULL being equal to NULL.",
     .means = Rewrite{EqualNullSafe}},
    {.name = "<",
     .signatures = "(any, any) -> boolean",
     .doc = "Whether the first is less.",
     .means = Rewrite{Less}},
    {.name = "<=",
     .signatures = "(any, any) -> boolean",
     .doc = "Whether the first is not greater.",
     .means = Rewrite{LessOrEqual}},
    {.name = ">",
     .signatures = "(any, any) -> boolean",
     .doc = "Whether the first is greater.",
     .means = Rewrite{Greater}},
    {.name = ">=",
     .signatures = "(any, any) -> boolean",
     .doc = "Whether the first is not less.",
     .means = Rewrite{GreaterOrEqual}},
    {.name = "and",
     .signatures = "(any, any) -> boolean",
     .doc = "Logical AND.",
     .means = Rewrite{And}},
    {.name = "or",
     .signatures = "(any, any) -> boolean",
     .doc = "Logical OR.",
     .means = Rewrite{Or}},
    {.name = "not",
     .aliases = "!",
     .signatures = "(boolean) -> boolean",
     .doc = "Logical NOT.",
     .means = Rename{"not"}},
    {.name = "in",
     .signatures = "(any, any...) -> boolean",
     .doc = "Whether the first equals one of the others.",
     .means = Rewrite{In}},
    {.name = "between",
     .signatures = "(any, any, any) -> boolean",
     .doc = "Whether the first is not less than the second and not greater than the third.",
     .means = Rewrite{Between}},
    {.name = "isnull",
     .signatures = "(any) -> boolean",
     .nulls = NullRule::kNever,
     .doc = "Whether the value is NULL.",
     .means = Rename{"isnull"}},
    {.name = "isnotnull",
     .signatures = "(any) -> boolean",
     .nulls = NullRule::kNever,
     .doc = "Whether the value is not NULL.",
     .means = Rename{"isnotnull"}},
    {.name = "+", .signatures = "(any [, any]) -> any", .doc = "The sum.", .means = Rewrite{Add}},
    {.name = "-",
     .signatures = "(any [, any]) -> any",
     .doc = "The difference.",
     .means = Rewrite{Subtract}},
    {.name = "*",
     .signatures = "(any, any) -> any",
     .doc = "The product.",
     .means = Rewrite{Multiply}},
    {.name = "/",
     .signatures = "(any, any) -> any",
     .doc = "The quotient: a DOUBLE, or a DECIMAL of decimals.",
     .means = Rewrite{Divide}},
    {.name = "%",
     .aliases = "mod",
     .signatures = "(any, any) -> any",
     .doc = "The remainder, with the sign of the dividend.",
     .means = Rewrite{Remainder}},
    {.name = "div",
     .signatures = "(any, any) -> any",
     .doc = "The integral part of the quotient.",
     .means = Rewrite{IntegralDivide}},
    {.name = "negative",
     .signatures = "(any) -> any",
     .doc = "The negated value.",
     .means = Rewrite{Negative}},
    {.name = "positive",
     .signatures = "(numeric|ansi_interval|interval) -> any",
     .doc = "The value itself.",
     .means = Rewrite{Positive}},
    {.name = "try_add",
     .signatures = "(any, any) -> any",
     .doc = "The sum, or NULL when it overflows.",
     .means = Rewrite{TryAdd}},
    {.name = "try_subtract",
     .signatures = "(any, any) -> any",
     .doc = "The difference, or NULL when it overflows.",
     .means = Rewrite{TrySubtract}},
    {.name = "try_multiply",
     .signatures = "(any, any) -> any",
     .doc = "The product, or NULL when it overflows.",
     .means = Rewrite{TryMultiply}},
    {.name = "try_divide",
     .signatures = "(any, any) -> any",
     .doc = "The quotient, or NULL when it overflows or the divisor is 0.",
     .means = Rewrite{TryDivide}},
    {.name = "try_mod",
     .signatures = "(any, any) -> any",
     .doc = "The remainder, or NULL when the divisor is 0.",
     .means = Rewrite{TryRemainder}},
};

}  // namespace

std::span<const Function> OperatorFunctions() { return kRows; }

}  // namespace pyrite::functions
