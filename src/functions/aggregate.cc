// Aggregate functions.

#include "functions/build.h"
#include "functions/decimal_types.h"
#include "functions/families.h"

namespace pyrite::functions {
namespace {

using plan::ExpressionPtr;
using plan::Expressions;

DataType SumType(const DataType& type) {
  if (type.Is(TypeKind::kDecimal)) return BoundedDecimal(type.precision() + 10, type.scale());
  return type.IsIntegral() ? DataType::Long() : DataType::Double();
}

DataType SumResult(const CallContext&, const Expressions& arguments) {
  return SumType(arguments[0]->type);
}

ExpressionPtr Average(const CallContext& context, const Expressions& arguments) {
  const DataType& type = arguments[0]->type;
  if (!type.Is(TypeKind::kDecimal)) {
    return NativeAggregate("avg", arguments, DataType::Double(), true, context);
  }
  DataType result = BoundedDecimal(type.precision() + 4, type.scale() + 4);
  ExpressionPtr sum = CallFunction("sum", arguments, context);
  ExpressionPtr count = NativeAggregate("count", arguments, DataType::Long(), false, context);
  return Native("spark_decimal_average",
                {sum, count, IntConstant(result.precision()), IntConstant(result.scale())}, result,
                true, context);
}

// COUNT(a, b): the rows where none is NULL.
ExpressionPtr Count(const CallContext& context, const Expressions& arguments) {
  if (arguments.empty() || (arguments.size() == 1 && ConstantValue(arguments[0]) != nullptr)) {
    return NativeAggregate("count_star", {}, DataType::Long(), false, context);
  }
  ExpressionPtr counted = arguments[0];
  if (arguments.size() > 1) {
    ExpressionPtr all = BoolConstant(true);
    for (const ExpressionPtr& argument : arguments) {
      all = CallFunction("and", {all, CallFunction("isnotnull", {argument}, context)}, context);
    }
    counted = CallFunction("if", {all, CallFunction("struct", arguments, context),
                                  NullConstant(DataType::Null())}, context);
  }
  return NativeAggregate("count", {counted}, DataType::Long(), false, context);
}

constexpr Function kRows[] = {
    {.name = "sum", .signatures = "(numeric) -> any", .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways, .doc = "The sum.", .means = Rename{"sum", true},
     .result_type = SumResult},
    {.name = "avg", .aliases = "mean", .signatures = "(numeric) -> any",
     .kind = FunctionClass::kAggregate, .nulls = NullRule::kAlways, .doc = "The mean.",
     .means = Rewrite{Average}},
    {.name = "count", .signatures = "(any...) -> bigint", .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kNever, .doc = "The number of rows, or of those where none is NULL.",
     .means = Rewrite{Count}},
    {.name = "min", .signatures = "(T) -> T", .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways, .doc = "The least value.", .means = Rename{"min"}},
    {.name = "max", .signatures = "(T) -> T", .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways, .doc = "The greatest value.", .means = Rename{"max"}},
};

}  // namespace

std::span<const Function> AggregateFunctions() { return kRows; }

}  // namespace pyrite::functions
