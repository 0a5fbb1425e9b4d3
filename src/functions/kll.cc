// KLL sketches of Apache DataSketches: quantiles and ranks of numbers.

#include "base/errors.h"
#include "functions/build.h"
#include "functions/families.h"
#include "functions/sql_text.h"

namespace pyrite::functions {
namespace {

using plan::ExpressionPtr;
using plan::Expressions;

constexpr int kDefaultSize = 200;

// A k that no sketch can have; kernels look at those that vary.
void CheckSize(const char* name, const Expressions& arguments) {
  const Value* k = arguments.size() > 1 ? ConstantValue(arguments[1]) : nullptr;
  constexpr int kLeast = 8, kMost = 65535;
  if (k == nullptr || (k->as_int() >= kLeast && k->as_int() <= kMost)) return;
  throw SparkError("DATATYPE_MISMATCH.TYPE_CHECK_FAILURE_WITH_HINT",
                   {{"sqlExpr", errors::Quoted(SqlOfCall(name, arguments))},
                    {"msg", "k has to lie between 8 and 65535"},
                    {"hint", ""}});
}

// Takes its type and the narrower ones of its kind; nothing else is cast.
template <TypeKind kind, const char* name, const char* target>
ExpressionPtr OfValues(const CallContext& context, const Expressions& arguments) {
  const DataType& type = arguments[0]->type;
  bool narrower = kind == TypeKind::kLong     ? type.IsIntegral()
                  : kind == TypeKind::kDouble ? type.Is(TypeKind::kFloat)
                                              : false;
  if (!type.Is(kind) && !narrower && !IsNullType(arguments[0])) {
    const char* required = kind == TypeKind::kLong     ? "\"INTEGRAL\""
                           : kind == TypeKind::kDouble ? "(\"FLOAT\" or \"DOUBLE\")"
                                                       : "\"FLOAT\"";
    throw errors::UnexpectedInputType(SqlOfCall(name, arguments), "first", required,
                                      SqlOf(*arguments[0]), type.ToSql());
  }
  CheckSize(name, arguments);
  ExpressionPtr k = arguments.size() > 1 ? arguments[1] : IntConstant(kDefaultSize);
  ExpressionPtr value = Coerce(arguments[0], DataType(kind), context);
  return NativeAggregate(target, {value, k}, DataType::Binary(), false, context);
}

// Without a k, that of the first sketch.
template <const char* target>
ExpressionPtr Merged(const CallContext& context, const Expressions& arguments) {
  ExpressionPtr k = arguments.size() > 1 ? arguments[1] : NullConstant(DataType::Integer());
  return NativeAggregate(target, {arguments[0], k}, DataType::Binary(), false, context);
}

#define PYRITE_TARGETS(suffix)                                         \
  constexpr char kName##suffix[] = "kll_sketch_agg" #suffix;           \
  constexpr char kOfValues##suffix[] = "spark_kll_sketch_agg" #suffix; \
  constexpr char kMerged##suffix[] = "spark_kll_merge_agg" #suffix
PYRITE_TARGETS(_bigint);
PYRITE_TARGETS(_float);
PYRITE_TARGETS(_double);
#undef PYRITE_TARGETS

#define PYRITE_KLL_FUNCTIONS(suffix, type, kind_of_type)                                         \
  {.name = "kll_sketch_agg" #suffix,                                                             \
   .signatures = "(any [, int]) -> binary",                                                      \
   .kind = FunctionClass::kAggregate,                                                            \
   .nulls = NullRule::kNever,                                                                    \
   .doc = "The KLL sketch of numbers.",                                                          \
   .means = Rewrite{OfValues<TypeKind::kind_of_type, kName##suffix, kOfValues##suffix>}},        \
      {.name = "kll_merge_agg" #suffix,                                                          \
       .signatures = "(binary [, int]) -> binary",                                               \
       .kind = FunctionClass::kAggregate,                                                        \
       .nulls = NullRule::kNever,                                                                \
       .doc = "KLL sketches as one.",                                                            \
       .means = Rewrite{Merged<kMerged##suffix>}},                                               \
      {.name = "kll_sketch_merge" #suffix,                                                       \
       .signatures = "(binary, binary) -> binary",                                               \
       .doc = "Two KLL sketches as one.",                                                        \
       .means = Kernel{"spark_kll_sketch_merge" #suffix}},                                       \
      {.name = "kll_sketch_get_n" #suffix,                                                       \
       .signatures = "(binary) -> bigint",                                                       \
       .doc = "How many numbers a KLL sketch has seen.",                                         \
       .means = Kernel{"spark_kll_sketch_get_n" #suffix}},                                       \
      {.name = "kll_sketch_to_string" #suffix,                                                   \
       .signatures = "(binary) -> string",                                                       \
       .doc = "A KLL sketch described.",                                                         \
       .means = Kernel{"spark_kll_sketch_to_string" #suffix}},                                   \
      {.name = "kll_sketch_get_quantile" #suffix,                                                \
       .signatures = "(binary, double) -> " type "; (binary, array<double>) -> array<" type ">", \
       .nulls = NullRule::kAlways,                                                               \
       .doc = "The numbers at ranks from 0 to 1.",                                               \
       .means = Kernel{"spark_kll_sketch_get_quantile" #suffix}},                                \
  {                                                                                              \
    .name = "kll_sketch_get_rank" #suffix,                                                       \
    .signatures = "(binary, " type ") -> double; (binary, array<" type ">) -> array<double>",    \
    .nulls = NullRule::kAlways, .doc = "The ranks of numbers, from 0 to 1.", .means = Kernel {   \
      "spark_kll_sketch_get_rank" #suffix                                                        \
    }                                                                                            \
  }

constexpr Function kRows[] = {
    PYRITE_KLL_FUNCTIONS(_bigint, "bigint", kLong),
    PYRITE_KLL_FUNCTIONS(_float, "float", kFloat),
    PYRITE_KLL_FUNCTIONS(_double, "double", kDouble),
};

}  // namespace

std::span<const Function> KllFunctions() { return kRows; }

}  // namespace pyrite::functions
