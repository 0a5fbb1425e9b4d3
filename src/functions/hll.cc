// HyperLogLog sketches of Apache DataSketches.

#include "functions/build.h"
#include "functions/families.h"

namespace pyrite::functions {
namespace {

using plan::ExpressionPtr;
using plan::Expressions;

constexpr int kDefaultLgRegisters = 12;

ExpressionPtr OfKeys(const CallContext& context, const Expressions& arguments) {
  ExpressionPtr key = arguments[0];
  if (key->type.IsIntegral()) {
    key = Native("spark_bytes_of_long", {Coerce(key, DataType::Long(), context)},
                 DataType::Binary(), key->nullable, context);
  } else if (key->type.IsString()) {
    key = plan::MakeCast(key, DataType::Binary(), plan::EvalMode::kAnsi);
  }
  ExpressionPtr lg = arguments.size() > 1 ? arguments[1] : IntConstant(kDefaultLgRegisters);
  return NativeAggregate("spark_hll_sketch_agg", {key, lg}, DataType::Binary(), false, context);
}

// Whether the numbers of registers may differ.
ExpressionPtr Allows(const Expressions& arguments, size_t place) {
  return place < arguments.size() ? arguments[place] : BoolConstant(false);
}

ExpressionPtr UnionOfRows(const CallContext& context, const Expressions& arguments) {
  return NativeAggregate("spark_hll_union_agg", {arguments[0], Allows(arguments, 1)},
                         DataType::Binary(), false, context);
}

ExpressionPtr Union(const CallContext& context, const Expressions& arguments) {
  return Native("spark_hll_union", {arguments[0], arguments[1], Allows(arguments, 2)},
                DataType::Binary(), AnyNullable(arguments), context);
}

constexpr Function kRows[] = {
    {.name = "hll_sketch_agg",
     .signatures = "(int|bigint|string|binary [, int]) -> binary",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kNever,
     .doc = "The HyperLogLog sketch of keys.",
     .means = Rewrite{OfKeys}},
    {.name = "hll_union_agg",
     .signatures = "(binary [, boolean]) -> binary",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kNever,
     .doc = "HyperLogLog sketches as one.",
     .means = Rewrite{UnionOfRows}},
    {.name = "hll_union",
     .signatures = "(binary, binary [, boolean]) -> binary",
     .doc = "Two HyperLogLog sketches as one.",
     .means = Rewrite{Union}},
    {.name = "hll_sketch_estimate",
     .signatures = "(binary) -> bigint",
     .doc = "How many different keys a HyperLogLog sketch has.",
     .means = Kernel{"spark_hll_sketch_estimate"}},
};

}  // namespace

std::span<const Function> HllFunctions() { return kRows; }

}  // namespace pyrite::functions
