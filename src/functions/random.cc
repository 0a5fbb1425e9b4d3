// Random numbers and texts: the same for the same seed as in Spark, on one partition.

#include "base/errors.h"
#include "functions/build.h"
#include "functions/families.h"
#include "functions/sql_text.h"

namespace pyrite::functions {
namespace {

using plan::ExpressionPtr;
using plan::Expressions;

// The seed at `place`: a constant; none, any.
ExpressionPtr SeedOf(const Expressions& arguments, size_t place, const CallContext& context) {
  if (arguments.size() <= place) return NullConstant(DataType::Long());
  ExpressionPtr seed = Coerce(arguments[place], DataType::Long(), context);
  if (IsNullType(arguments[place])) return plan::MakeConstant(Literal::Long(0));
  if (ConstantValue(seed) == nullptr) throw errors::UnsupportedFeature("a seed that varies");
  return seed;
}

template <const char* target>
ExpressionPtr Draw(const CallContext& context, const Expressions& arguments) {
  return NativeNondeterministic(target, {SeedOf(arguments, 0, context)}, DataType::Double(), false,
                                context);
}
constexpr char kRand[] = "spark_rand";
constexpr char kRandn[] = "spark_randn";

// uniform(least, greatest [, seed])
ExpressionPtr Uniform(const CallContext& context, const Expressions& arguments) {
  auto type = WiderType(arguments[0]->type, arguments[1]->type, context.ansi);
  if (!type) throw errors::UnsupportedFeature("uniform of unlike bounds");
  ExpressionPtr least = Coerce(arguments[0], DataType::Double(), context);
  ExpressionPtr greatest = Coerce(arguments[1], DataType::Double(), context);
  ExpressionPtr share = NativeNondeterministic("spark_rand", {SeedOf(arguments, 2, context)},
                                               DataType::Double(), false, context);
  ExpressionPtr width = CallFunction("-", {greatest, least}, context);
  ExpressionPtr value =
      CallFunction("+", {least, CallFunction("*", {width, share}, context)}, context);
  return plan::Make(plan::Cast{value, ModeOf(context)}, *type, false);
}

ExpressionPtr RandomText(const CallContext& context, const Expressions& arguments) {
  return NativeNondeterministic("spark_randstr", {arguments[0], SeedOf(arguments, 1, context)},
                                DataType::String(), false, context);
}

ExpressionPtr Uuid(const CallContext& context, const Expressions& arguments) {
  bool has_seed = !arguments.empty() && !IsNullType(arguments[0]);
  if (has_seed && (!arguments[0]->type.IsIntegral() || ConstantValue(arguments[0]) == nullptr)) {
    throw SparkError("INVALID_PARAMETER_VALUE.LONG",
                     {{"parameter", "`seed`"},
                      {"functionName", "`UUID`"},
                      {"invalidValue", errors::Quoted(SqlOf(*arguments[0]))}});
  }
  ExpressionPtr seed = has_seed ? SeedOf(arguments, 0, context) : NullConstant(DataType::Long());
  return NativeNondeterministic("spark_uuid", {std::move(seed)}, DataType::String(), false,
                                context);
}

ExpressionPtr Shuffle(const CallContext& context, const Expressions& arguments) {
  return NativeNondeterministic("spark_shuffle", {arguments[0], SeedOf(arguments, 1, context)},
                                arguments[0]->type, arguments[0]->nullable, context);
}

constexpr Function kRows[] = {
    {.name = "rand",
     .aliases = "random",
     .signatures = "([int|bigint]) -> double",
     .determinism = Determinism::kNondeterministic,
     .doc = "A random number from 0 to 1.",
     .means = Rewrite{Draw<kRand>}},
    {.name = "randn",
     .signatures = "([int|bigint]) -> double",
     .determinism = Determinism::kNondeterministic,
     .doc = "A random number of the standard normal distribution.",
     .means = Rewrite{Draw<kRandn>}},
    {.name = "uniform",
     .signatures = "(numeric, numeric [, int|bigint]) -> any",
     .determinism = Determinism::kNondeterministic,
     .doc = "A random number between two.",
     .means = Rewrite{Uniform}},
    {.name = "randstr",
     .signatures = "(int [, int|bigint]) -> string",
     .determinism = Determinism::kNondeterministic,
     .doc = "So many random letters and digits.",
     .means = Rewrite{RandomText}},
    {.name = "uuid",
     .signatures = "([any]) -> string",
     .determinism = Determinism::kNondeterministic,
     .doc = "A random UUID.",
     .means = Rewrite{Uuid}},
    {.name = "shuffle",
     .signatures = "(array [, bigint]) -> any",
     .determinism = Determinism::kNondeterministic,
     .doc = "The elements in a random order.",
     .means = Rewrite{Shuffle}},
};

}  // namespace

std::span<const Function> RandomFunctions() { return kRows; }

}  // namespace pyrite::functions
