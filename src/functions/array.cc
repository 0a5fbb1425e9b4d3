// Functions that make arrays or put them in another order.

#include "base/errors.h"
#include "functions/families.h"
#include "functions/lambda.h"
#include "functions/sql_text.h"

namespace pyrite::functions {
namespace {

using plan::ExpressionPtr;
using plan::Expressions;

ExpressionPtr Insert(const CallContext& context, const Expressions& arguments) {
  const ExpressionPtr& array = arguments[0];
  DataType type = DataType::Array(array->type.element(), true);
  return Native("spark_array_insert", arguments, type, array->nullable || arguments[1]->nullable,
                context);
}

// array_sort(array [, comparator])
ExpressionPtr Sort(const CallContext& context, const Expressions& arguments) {
  const ExpressionPtr& array = arguments[0];
  if (arguments.size() == 1 && array->type.element().IsNested()) {
    return Native("spark_sort_nested", {array, BoolConstant(true), BoolConstant(false)},
                  array->type, array->nullable, context);
  }
  if (arguments.size() == 1) {
    return Native("list_sort", {array, StringConstant("ASC"), StringConstant("NULLS LAST")},
                  array->type, array->nullable, context);
  }
  const plan::Lambda& comparator = LambdaOf(arguments[1]);
  bool nulls = array->type.contains_null();
  plan::Column left = Parameter("left", array->type.element(), nulls);
  plan::Column right = Parameter("right", array->type.element(), nulls);
  ExpressionPtr order = Apply(comparator, {plan::MakeRef(left), plan::MakeRef(right)});
  if (!order->type.Is(TypeKind::kInteger)) {
    throw SparkError("DATATYPE_MISMATCH.UNEXPECTED_RETURN_TYPE",
                     {{"sqlExpr", errors::Quoted(SqlOfCall("array_sort", arguments))},
                      {"functionName", "`lambdafunction`"},
                      {"expectedType", "\"INT\""},
                      {"actualType", errors::Quoted(order->type.ToSql())}});
  }
  return Native("spark_array_sort_by", {array, MakeLambda({left, right}, order)}, array->type,
                array->nullable, context);
}

ExpressionPtr Join(const CallContext& context, const Expressions& arguments) {
  const ExpressionPtr& array = arguments[0];
  ExpressionPtr text;
  if (arguments.size() > 2) {
    plan::Column item = Parameter("item", DataType::String(), true);
    ExpressionPtr shown = CallFunction("coalesce", {plan::MakeRef(item), arguments[2]}, context);
    ExpressionPtr filled =
        Native("list_transform", {array, MakeLambda({item}, shown)},
               DataType::Array(DataType::String(), true), array->nullable, context);
    text = Native("spark_join", {filled, arguments[1]}, DataType::String(), true, context);
  } else {
    text = Native("spark_join", arguments, DataType::String(), true, context);
  }
  ExpressionPtr present = CallFunction("coalesce", {text, StringConstant("")}, context);
  return NullWithAny(arguments, present, context);
}

// ---- sequence

ExpressionPtr NumberSequence(const Expressions& arguments, const CallContext& context) {
  DataType element = arguments[0]->type;
  Expressions bounds;
  for (const ExpressionPtr& argument : arguments) {
    bounds.push_back(Coerce(argument, DataType::Long(), context));
  }
  if (bounds.size() == 2) {
    ExpressionPtr up = CallFunction("<=", {bounds[0], bounds[1]}, context);
    bounds.push_back(CallFunction(
        "if", {up, plan::MakeConstant(Literal::Long(1)), plan::MakeConstant(Literal::Long(-1))},
        context));
  }
  ExpressionPtr longs = Native("spark_sequence", bounds, DataType::Array(DataType::Long(), false),
                               AnyNullable(arguments), context);
  return plan::MakeCast(longs, DataType::Array(element, false), plan::EvalMode::kAnsi);
}

// The interval as months and microseconds, one of them 0.
std::pair<ExpressionPtr, ExpressionPtr> StepOf(const ExpressionPtr& step) {
  ExpressionPtr no_months = IntConstant(0), no_micros = plan::MakeConstant(Literal::Long(0));
  if (step->type.Is(TypeKind::kYearMonthInterval)) return {step, no_micros};
  if (step->type.Is(TypeKind::kDayTimeInterval)) return {no_months, step};
  throw errors::UnsupportedFeature("sequence by a step of " + step->type.ToSql());
}

// Dates and local times step by the calendar; moments by elapsed time, or by the local calendar
// for months.
ExpressionPtr MomentSequence(const Expressions& arguments, const CallContext& context) {
  DataType element = arguments[0]->type;
  constexpr int64_t kDay = int64_t{86400} * 1000 * 1000;
  ExpressionPtr default_step = plan::MakeConstant({DataType::DayTimeInterval(0, 0), Value(kDay)});
  const ExpressionPtr& step = arguments.size() > 2 ? arguments[2] : default_step;
  auto [months, micros] = StepOf(step);
  bool by_months = step->type.Is(TypeKind::kYearMonthInterval);
  DataType between = element.Is(TypeKind::kTimestamp) && !by_months ? DataType::Timestamp()
                                                                    : DataType::TimestampNtz();
  ExpressionPtr moments = Native("spark_moment_sequence",
                                 {Coerce(arguments[0], between, context),
                                  Coerce(arguments[1], between, context), months, micros},
                                 DataType::Array(between, false), AnyNullable(arguments), context);
  if (between == element) return moments;
  return plan::MakeCast(moments, DataType::Array(element, false), plan::EvalMode::kAnsi);
}

ExpressionPtr Sequence(const CallContext& context, const Expressions& arguments) {
  Expressions bounds = arguments;
  auto type = WiderType(arguments[0]->type, arguments[1]->type, context.ansi);
  if (!type) throw errors::UnsupportedFeature("sequence of unlike bounds");
  if (type->IsDatetime()) {
    for (size_t i = 0; i < 2; ++i) bounds[i] = Coerce(bounds[i], *type, context);
    return MomentSequence(bounds, context);
  }
  if (arguments.size() > 2 && arguments[2]->type.IsIntegral()) {
    type = WiderType(*type, arguments[2]->type, context.ansi);
  }
  if (!type || !type->IsIntegral()) {
    throw errors::UnsupportedFeature("sequence of " + arguments[0]->type.ToSql());
  }
  for (ExpressionPtr& bound : bounds) bound = Coerce(bound, *type, context);
  return NumberSequence(bounds, context);
}

constexpr Function kRows[] = {
    {.name = "array_insert",
     .signatures = "(array<T>, int, T) -> array<T>",
     .doc = "The array with a value put in at a 1-based place, from the end when it is negative.",
     .means = Rewrite{Insert}},
    {.name = "array_sort",
     .signatures = "(array [, any]) -> any",
     .doc = "The array sorted, NULL last, or by a function that compares two elements.",
     .means = Rewrite{Sort}},
    {.name = "array_join",
     .signatures = "(array<string>, string [, string]) -> string",
     .doc = "The elements with a separator between; NULL is left out, or shown as the third.",
     .means = Rewrite{Join}},
    {.name = "sequence",
     .signatures = "(any, any [, any]) -> any",
     .doc = "The numbers, dates or moments from the first to the second.",
     .means = Rewrite{Sequence}},
};

}  // namespace

std::span<const Function> ArrayFunctions() { return kRows; }

}  // namespace pyrite::functions
