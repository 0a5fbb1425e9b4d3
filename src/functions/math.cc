// Mathematical functions.

#include "base/errors.h"
#include "functions/arithmetic.h"
#include "functions/build.h"
#include "functions/decimal_types.h"
#include "functions/families.h"
#include "functions/sql_text.h"

namespace pyrite::functions {
namespace {

using plan::ExpressionPtr;
using plan::Expressions;

// ---- rounding

// `is_limit`: of ceil and floor, which say it in another way.
int32_t PlacesOf(const char* name, const Expressions& arguments, bool is_limit) {
  if (arguments.size() < 2) return 0;
  const Value* places = ConstantValue(arguments[1]);
  if (places != nullptr) return static_cast<int32_t>(places->as_int());
  if (!is_limit) throw NotConstant(name, "scale", DataType::Integer(), arguments, 1);
  throw NotFoldable(name, "scale", DataType::Integer());
}

// Spark's type of a decimal rounded to some places.
DataType RoundedDecimal(const DataType& type, int places) {
  int integral = type.precision() - type.scale() + 1;
  if (places < 0) return BoundedDecimal(std::max(integral, -places + 1), 0);
  int scale = std::min(type.scale(), places);
  return DataType::Decimal(std::min(integral + scale, kMaxDecimalPrecision), scale);
}

ExpressionPtr RoundDecimal(const char* target, const ExpressionPtr& value, int places,
                           const CallContext& context) {
  DataType type = RoundedDecimal(value->type, places);
  return Native(
      target,
      {value, IntConstant(places), IntConstant(type.precision()), IntConstant(type.scale())}, type,
      true, context);
}

ExpressionPtr MakeRound(const char* name, const char* target, const char* decimal_target,
                        const CallContext& context, const Expressions& arguments) {
  const ExpressionPtr& value = arguments[0];
  int places = PlacesOf(name, arguments, /*is_limit=*/false);
  if (value->type.Is(TypeKind::kDecimal)) {
    return RoundDecimal(decimal_target, value, places, context);
  }
  return Native(target, {value, IntConstant(places)}, value->type, true, context);
}

ExpressionPtr Round(const CallContext& context, const Expressions& arguments) {
  return MakeRound("round", "spark_round", "spark_decimal_round", context, arguments);
}

ExpressionPtr BankersRound(const CallContext& context, const Expressions& arguments) {
  return MakeRound("bround", "spark_bround", "spark_decimal_bround", context, arguments);
}

// CEIL and FLOOR: BIGINT of a double, a decimal without fraction of a decimal.
ExpressionPtr MakeLimit(const char* name, const char* target, const char* decimal_target,
                        const CallContext& context, const Expressions& arguments) {
  ExpressionPtr value = arguments[0];
  if (arguments.size() == 2) {
    value = Coerce(value, DecimalForType(value->type), context);
    int places = PlacesOf(name, arguments, /*is_limit=*/true);
    return RoundDecimal(decimal_target, value, places, context);
  }
  if (value->type.Is(TypeKind::kDecimal)) return RoundDecimal(decimal_target, value, 0, context);
  if (value->type.IsIntegral()) {  // nullable in Spark whatever the argument
    return plan::Make(plan::Cast{value, plan::EvalMode::kAnsi}, DataType::Long(), true);
  }
  value = Coerce(value, DataType::Double(), context);
  ExpressionPtr limit = Native(target, {value}, DataType::Double(), value->nullable, context);
  return plan::MakeCast(limit, DataType::Long(), plan::EvalMode::kLegacy);  // Java's (long)
}

ExpressionPtr Ceiling(const CallContext& context, const Expressions& arguments) {
  return MakeLimit("ceil", "ceil", "spark_decimal_ceil", context, arguments);
}

ExpressionPtr Floor(const CallContext& context, const Expressions& arguments) {
  return MakeLimit("floor", "floor", "spark_decimal_floor", context, arguments);
}

// ---- others

ExpressionPtr Absolute(const CallContext& context, const Expressions& arguments) {
  return Native("abs", arguments, arguments[0]->type, arguments[0]->nullable, context);
}

// The remainder; below 0 it is raised by a divisor above 0. (Spark takes the remainder of that once
// more, which changes nothing.)
ExpressionPtr DecimalModulo(const CallContext& context, const Expressions& arguments) {
  ExpressionPtr rest = CallFunction("%", arguments, context);
  // One digit less than the most: their sum keeps the scale.
  DataType wide = DataType::Decimal(kMaxDecimalPrecision - 1, rest->type.scale());
  ExpressionPtr zero = plan::MakeConstant(Literal::Int(0));
  ExpressionPtr raised = CallFunction(
      "+", {Coerce(rest, wide, context), Coerce(arguments[1], wide, context)}, context);
  raised = plan::MakeCast(std::move(raised), rest->type, ModeOf(context));
  ExpressionPtr rises = CallFunction(
      "and",
      {CallFunction("<", {rest, zero}, context), CallFunction(">", {arguments[1], zero}, context)},
      context);
  return CallFunction("if", {std::move(rises), std::move(raised), rest}, context);
}

ExpressionPtr PositiveModulo(const CallContext& context, const Expressions& arguments) {
  auto type = WiderType(arguments[0]->type, arguments[1]->type, context.ansi);
  if (!type) throw errors::UnsupportedFeature("pmod of unlike types");
  if (type->Is(TypeKind::kDecimal)) return DecimalModulo(context, arguments);
  Expressions operands{Coerce(arguments[0], *type, context), Coerce(arguments[1], *type, context)};
  return Native(context.ansi ? "spark_pmod" : "spark_try_pmod", operands, *type, true, context);
}

ExpressionPtr Logarithm(const CallContext& context, const Expressions& arguments) {
  const char* target = arguments.size() == 1 ? "spark_ln" : "spark_log";
  return Native(target, arguments, DataType::Double(), true, context);
}

ExpressionPtr Extreme(const char* target, const CallContext& context,
                      const Expressions& arguments) {
  bool nullable = true;
  for (const ExpressionPtr& argument : arguments) nullable = nullable && argument->nullable;
  if (arguments[0]->type.IsNested()) {
    bool ascending = target == std::string_view("least");
    ExpressionPtr array = CallFunction("array", arguments, context);
    ExpressionPtr sorted =
        Native("spark_sort_nested", {array, BoolConstant(ascending), BoolConstant(false)},
               array->type, false, context);
    return Native("list_extract", {sorted, IntConstant(1)}, arguments[0]->type, nullable, context);
  }
  return Native(target, arguments, arguments[0]->type, nullable, context);
}

ExpressionPtr Greatest(const CallContext& context, const Expressions& arguments) {
  return Extreme("greatest", context, arguments);
}

ExpressionPtr Least(const CallContext& context, const Expressions& arguments) {
  return Extreme("least", context, arguments);
}

ExpressionPtr Pi(const CallContext&, const Expressions&) {
  return plan::MakeConstant(Literal::Double(3.141592653589793));
}

ExpressionPtr Euler(const CallContext&, const Expressions&) {
  return plan::MakeConstant(Literal::Double(2.718281828459045));
}

ExpressionPtr IsNan(const CallContext& context, const Expressions& arguments) {
  ExpressionPtr test =
      Native("isnan", arguments, DataType::Boolean(), arguments[0]->nullable, context);
  if (!arguments[0]->nullable) return test;
  return Native("coalesce", {test, BoolConstant(false)}, DataType::Boolean(), false, context);
}

ExpressionPtr BitmapCount(const CallContext& context, const Expressions& arguments) {
  const auto* constant = arguments[0]->TryAs<plan::Constant>();
  if (constant != nullptr && constant->value.is_null()) {
    throw errors::UnexpectedInputType("bitmap_count(NULL)", "first", "\"BINARY\"", "NULL", "VOID");
  }
  return Native("spark_bitmap_count", arguments, DataType::Long(), arguments[0]->nullable, context);
}

template <const char* target>
ExpressionPtr Bitwise(const CallContext& context, const Expressions& arguments) {
  return Native(target, arguments, arguments[0]->type, AnyNullable(arguments), context);
}
// The type of two operands of &, | and ^.
DataType BitwiseType(const char* name, const Expressions& arguments, const CallContext& context) {
  DataType types[] = {arguments[0]->type, arguments[1]->type};
  for (int i : {0, 1}) {
    if (context.ansi && types[i].IsString() && types[1 - i].IsNumeric())
      types[i] = DataType::Long();
  }
  bool numbers = (types[0].IsNumeric() || types[0].Is(TypeKind::kNull)) &&
                 (types[1].IsNumeric() || types[1].Is(TypeKind::kNull));
  std::string text = SqlOfCall(name, arguments);
  bool unlike = types[0].IsFractional() || types[1].IsFractional();
  if ((!numbers || unlike) && !(types[0] == types[1])) {
    throw errors::BinaryOpDiffTypes(text, types[0].ToSql(), types[1].ToSql());
  }
  DataType type = numbers ? *WiderType(types[0], types[1], context.ansi) : types[0];
  if (type.Is(TypeKind::kNull)) return DataType::Integer();
  if (!type.IsIntegral()) throw errors::BinaryOpWrongType(text, "\"INTEGRAL\"", type.ToSql());
  return type;
}

template <const char* target, const char* name>
ExpressionPtr BitwiseOfTwo(const CallContext& context, const Expressions& arguments) {
  DataType type = BitwiseType(name, arguments, context);
  Expressions operands{Coerce(arguments[0], type, context), Coerce(arguments[1], type, context)};
  return Bitwise<target>(context, operands);
}
constexpr char kBitAnd[] = "&";
constexpr char kBitOr[] = "|";
constexpr char kBitXor[] = "xor";
constexpr char kCaret[] = "^";
constexpr char kBitNot[] = "~";

#define PYRITE_REAL(function_name, other_names, kernel, text)                          \
  {                                                                                    \
    .name = function_name, .aliases = other_names, .signatures = "(double) -> double", \
    .nulls = NullRule::kAlways, .doc = text, .means = Kernel {                         \
      kernel                                                                           \
    }                                                                                  \
  }
#define PYRITE_LOGARITHM(function_name, kernel, text)                                      \
  {                                                                                        \
    .name = function_name, .signatures = "(double) -> double", .nulls = NullRule::kAlways, \
    .doc = text, .means = Kernel {                                                         \
      kernel                                                                               \
    }                                                                                      \
  }

// Of a number as 64 bits, whatever its type.
ExpressionPtr BitCount(const CallContext& context, const Expressions& arguments) {
  ExpressionPtr wide = plan::MakeCast(arguments[0], DataType::Long(), plan::EvalMode::kAnsi);
  ExpressionPtr count =
      Native("bit_count", {wide}, DataType::Byte(), arguments[0]->nullable, context);
  return plan::MakeCast(count, DataType::Integer(), plan::EvalMode::kAnsi);
}

ExpressionPtr GetBit(const CallContext& context, const Expressions& arguments) {
  const DataType& type = arguments[0]->type;
  int width = type.Is(TypeKind::kByte)      ? 8
              : type.Is(TypeKind::kShort)   ? 16
              : type.Is(TypeKind::kInteger) ? 32
                                            : 64;
  ExpressionPtr wide = plan::MakeCast(arguments[0], DataType::Long(), plan::EvalMode::kAnsi);
  return Native("spark_get_bit", {wide, arguments[1], IntConstant(width)}, DataType::Byte(),
                AnyNullable(arguments), context);
}

constexpr Function kRows[] = {
    {.name = "bitmap_count",
     .signatures = "(binary) -> bigint",
     .doc = "The number of bits in a bitmap.",
     .means = Rewrite{BitmapCount}},
    {.name = "bitmap_bit_position",
     .signatures = "(bigint) -> bigint",
     .doc = "The place of a number's bit in its bitmap.",
     .means = Body{"if(_1 > 0, (_1 - 1) & 32767, (0 - _1) & 32767)"}},
    {.name = "bitmap_bucket_number",
     .signatures = "(bigint) -> bigint",
     .doc = "The number of the bitmap that holds a number's bit.",
     .means = Body{"if(_1 > 0, 1 + shiftright(_1 - 1, 15), 0 - shiftright(0 - _1, 15))"}},
    {.name = "getbit",
     .aliases = "bit_get",
     .signatures = "(integral, int) -> tinyint",
     .doc = "The bit at a place, counted from 0 at the lowest.",
     .means = Rewrite{GetBit}},
    {.name = "bit_count",
     .signatures = "(integral|boolean) -> int",
     .doc = "The number of bits that are set.",
     .means = Rewrite{BitCount}},
    {.name = "abs",
     .signatures = "(numeric|ansi_interval) -> any",
     .doc = "The absolute value.",
     .means = Rewrite{Absolute}},
    {.name = "round",
     .signatures = "(numeric [, int]) -> any",
     .doc = "Rounded half up.",
     .means = Rewrite{Round}},
    {.name = "bround",
     .signatures = "(numeric [, int]) -> any",
     .doc = "Rounded half to even.",
     .means = Rewrite{BankersRound}},
    {.name = "ceil",
     .aliases = "ceiling",
     .signatures = "(numeric [, int]) -> any",
     .doc = "The least integer that is not less.",
     .means = Rewrite{Ceiling}},
    {.name = "floor",
     .signatures = "(numeric [, int]) -> any",
     .doc = "The greatest integer that is not greater.",
     .means = Rewrite{Floor}},
    {.name = "pmod",
     .signatures = "(numeric, numeric) -> any",
     .doc = "The positive remainder.",
     .means = Rewrite{PositiveModulo}},
    PYRITE_REAL("sqrt", "", "spark_sqrt", "The square root."),
    PYRITE_REAL("cbrt", "", "spark_cbrt", "The cube root."),
    PYRITE_REAL("exp", "", "spark_exp", "e to this power."),
    PYRITE_REAL("expm1", "", "spark_expm1", "e to this power, less 1."),
    PYRITE_REAL("sin", "", "spark_sin", "The sine."),
    PYRITE_REAL("cos", "", "spark_cos", "The cosine."),
    PYRITE_REAL("tan", "", "spark_tan", "The tangent."),
    PYRITE_REAL("cot", "", "spark_cot", "The cotangent."),
    PYRITE_REAL("sec", "", "spark_sec", "The secant."),
    PYRITE_REAL("csc", "", "spark_csc", "The cosecant."),
    PYRITE_REAL("asin", "", "spark_asin", "The arc sine."),
    PYRITE_REAL("acos", "", "spark_acos", "The arc cosine."),
    PYRITE_REAL("atan", "", "spark_atan", "The arc tangent."),
    PYRITE_REAL("sinh", "", "spark_sinh", "The hyperbolic sine."),
    PYRITE_REAL("cosh", "", "spark_cosh", "The hyperbolic cosine."),
    PYRITE_REAL("tanh", "", "spark_tanh", "The hyperbolic tangent."),
    PYRITE_REAL("asinh", "", "spark_asinh", "The inverse hyperbolic sine."),
    PYRITE_REAL("acosh", "", "spark_acosh", "The inverse hyperbolic cosine."),
    PYRITE_REAL("atanh", "", "spark_atanh", "The inverse hyperbolic tangent."),
    PYRITE_REAL("degrees", "", "spark_degrees", "Radians in degrees."),
    PYRITE_REAL("radians", "", "spark_radians", "Degrees in radians."),
    PYRITE_REAL("rint", "", "spark_rint", "The nearest integral double, half to even."),
    PYRITE_REAL("sign", "signum", "spark_signum", "-1, 0 or 1 by the sign."),
    PYRITE_LOGARITHM("ln", "spark_ln", "The natural logarithm."),
    PYRITE_LOGARITHM("log10", "spark_log10", "The logarithm to base 10."),
    PYRITE_LOGARITHM("log2", "spark_log2", "The logarithm to base 2."),
    PYRITE_LOGARITHM("log1p", "spark_log1p", "The natural logarithm of 1 plus this."),
    {.name = "log",
     .signatures = "(double [, double]) -> double",
     .doc = "The logarithm to a base, or the natural one.",
     .means = Rewrite{Logarithm}},
    {.name = "pow",
     .aliases = "power",
     .signatures = "(double, double) -> double",
     .doc = "The first to the power of the second.",
     .means = Kernel{"spark_pow"}},
    {.name = "atan2",
     .signatures = "(double, double) -> double",
     .doc = "The angle of the point (x, y), given y and x.",
     .means = Kernel{"spark_atan2"}},
    {.name = "hypot",
     .signatures = "(double, double) -> double",
     .doc = "The hypotenuse over two sides.",
     .means = Kernel{"spark_hypot"}},
    {.name = "factorial",
     .signatures = "(int) -> bigint",
     .nulls = NullRule::kAlways,
     .doc = "The factorial of 0 to 20, else NULL.",
     .means = Kernel{"spark_factorial"}},
    {.name = "width_bucket",
     .signatures = "(double, double, double, bigint) -> bigint",
     .nulls = NullRule::kAlways,
     .doc = "The number of the histogram's bucket that holds a value.",
     .means = Kernel{"spark_width_bucket"}},
    {.name = "greatest",
     .signatures = "(T, T, T...) -> T",
     .doc = "The greatest of the arguments that are not NULL.",
     .means = Rewrite{Greatest}},
    {.name = "least",
     .signatures = "(T, T, T...) -> T",
     .doc = "The least of the arguments that are not NULL.",
     .means = Rewrite{Least}},
    {.name = "pi", .signatures = "() -> double", .doc = "Pi.", .means = Rewrite{Pi}},
    {.name = "e", .signatures = "() -> double", .doc = "Euler's number.", .means = Rewrite{Euler}},
    {.name = "isnan",
     .signatures = "(double|float) -> boolean",
     .doc = "Whether it is NaN.",
     .means = Rewrite{IsNan}},
    {.name = "nanvl",
     .signatures = "(double, double) -> void",
     .doc = "The second argument when the first is NaN.",
     .means = Body{"if(isnan(_1), _2, _1)"}},
    {.name = "shiftleft",
     .aliases = "<<",
     .signatures = "(int|bigint, int) -> any",
     .doc = "Bits shifted to the left.",
     .means = Kernel{"spark_shiftleft"}},
    {.name = "shiftright",
     .aliases = ">>",
     .signatures = "(int|bigint, int) -> any",
     .doc = "Bits shifted to the right, keeping the sign.",
     .means = Kernel{"spark_shiftright"}},
    {.name = "shiftrightunsigned",
     .aliases = ">>>",
     .signatures = "(int|bigint, int) -> any",
     .doc = "Bits shifted to the right.",
     .means = Kernel{"spark_shiftrightunsigned"}},
    {.name = "&",
     .signatures = "(any, any) -> any",
     .doc = "Bitwise AND.",
     .means = Rewrite{BitwiseOfTwo<kBitAnd, kBitAnd>}},
    {.name = "|",
     .signatures = "(any, any) -> any",
     .doc = "Bitwise OR.",
     .means = Rewrite{BitwiseOfTwo<kBitOr, kBitOr>}},
    {.name = "^",
     .signatures = "(any, any) -> any",
     .doc = "Bitwise exclusive OR.",
     .means = Rewrite{BitwiseOfTwo<kBitXor, kCaret>}},
    {.name = "~",
     .signatures = "(integral) -> any",
     .doc = "Bitwise NOT.",
     .means = Rewrite{Bitwise<kBitNot>}},
};

}  // namespace

std::span<const Function> MathFunctions() { return kRows; }

}  // namespace pyrite::functions
