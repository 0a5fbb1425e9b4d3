// Window functions.

#include "base/errors.h"
#include "functions/build.h"
#include "functions/families.h"

namespace pyrite::functions {
namespace {

using plan::ExpressionPtr;
using plan::Expressions;

// Engine numbers are BIGINT, Spark's INT: the window function stands below a cast.
ExpressionPtr Number(const char* target, const CallContext& context, Expressions arguments) {
  ExpressionPtr call = NativeWindow(target, std::move(arguments), DataType::Long(), false, context);
  return plan::MakeCast(call, DataType::Integer(), plan::EvalMode::kAnsi);
}

ExpressionPtr RowNumber(const CallContext& context, const Expressions& arguments) {
  return Number("row_number", context, arguments);
}
ExpressionPtr Rank(const CallContext& context, const Expressions&) {
  return Number("rank", context, {});
}
ExpressionPtr DenseRank(const CallContext& context, const Expressions&) {
  return Number("dense_rank", context, {});
}
ExpressionPtr Tiles(const CallContext& context, const Expressions& arguments) {
  ExpressionPtr count = arguments.empty() ? IntConstant(1) : arguments[0];
  return Number("ntile", context, {Coerce(count, DataType::Long(), context)});
}

// lag and lead: (value, offset, default), the last two optional.
ExpressionPtr Shifted(const char* target, const CallContext& context,
                      const Expressions& arguments) {
  DataType type = arguments[0]->type;
  ExpressionPtr offset = arguments.size() > 1 ? arguments[1] : IntConstant(1);
  Expressions operands{arguments[0], Coerce(offset, DataType::Long(), context)};
  bool nullable = true;
  if (arguments.size() > 2) {
    auto wider = WiderType(type, arguments[2]->type, context.ansi);
    if (!wider) {
      throw errors::DataDiffTypes(target, errors::QuoteName({target}),
                                  "[" + errors::Quoted(type.ToSql()) + ", " +
                                      errors::Quoted(arguments[2]->type.ToSql()) + "]");
    }
    type = *wider;
    operands[0] = Coerce(operands[0], type, context);
    operands.push_back(Coerce(arguments[2], type, context));
    nullable = arguments[0]->nullable || arguments[2]->nullable;
  }
  return NativeWindow(target, std::move(operands), type, nullable, context);
}

ExpressionPtr Lag(const CallContext& context, const Expressions& arguments) {
  return Shifted("lag", context, arguments);
}
ExpressionPtr Lead(const CallContext& context, const Expressions& arguments) {
  return Shifted("lead", context, arguments);
}

ExpressionPtr NthValue(const CallContext& context, const Expressions& arguments) {
  ExpressionPtr place = Coerce(arguments[1], DataType::Long(), context);
  ExpressionPtr value =
      NativeAggregate("nth_value", {arguments[0], place}, arguments[0]->type, true, context);
  const Value* ignores = arguments.size() > 2 ? ConstantValue(arguments[2]) : nullptr;
  if (ignores == nullptr || !ignores->as_bool()) return value;
  auto call = value->As<plan::AggregateCall>();
  call.ignore_nulls = true;
  return plan::Make(std::move(call), value->type, true, context.query_context);
}

constexpr Function kRows[] = {
    {.name = "row_number",
     .signatures = "() -> int",
     .kind = FunctionClass::kWindow,
     .doc = "The row's number in its partition.",
     .means = Rewrite{RowNumber}},
    {.name = "rank",
     .signatures = "() -> int",
     .kind = FunctionClass::kWindow,
     .doc = "The rank, with gaps.",
     .means = Rewrite{Rank}},
    {.name = "dense_rank",
     .signatures = "() -> int",
     .kind = FunctionClass::kWindow,
     .doc = "The rank, without gaps.",
     .means = Rewrite{DenseRank}},
    {.name = "percent_rank",
     .signatures = "() -> double",
     .kind = FunctionClass::kWindow,
     .nulls = NullRule::kNever,
     .doc = "The rank as a share from 0 to 1.",
     .means = Rename{"percent_rank"}},
    {.name = "cume_dist",
     .signatures = "() -> double",
     .kind = FunctionClass::kWindow,
     .nulls = NullRule::kNever,
     .doc = "The share of rows up to this one.",
     .means = Rename{"cume_dist"}},
    {.name = "ntile",
     .signatures = "([int]) -> int",
     .kind = FunctionClass::kWindow,
     .doc = "The number of the row's bucket.",
     .means = Rewrite{Tiles}},
    {.name = "lag",
     .signatures = "(any [, int] [, any]) -> any",
     .kind = FunctionClass::kWindow,
     .doc = "The value so many rows before.",
     .means = Rewrite{Lag}},
    {.name = "lead",
     .signatures = "(any [, int] [, any]) -> any",
     .kind = FunctionClass::kWindow,
     .doc = "The value so many rows after.",
     .means = Rewrite{Lead}},
    {.name = "nth_value",
     .signatures = "(any, int [, boolean]) -> any",
     .kind = FunctionClass::kWindow,
     .doc = "The value of the frame's n-th row.",
     .means = Rewrite{NthValue}},
};

}  // namespace

std::span<const Function> WindowFunctions() { return kRows; }

}  // namespace pyrite::functions
