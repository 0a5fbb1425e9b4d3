// Sketches of Apache DataSketches: theta and tuple sketches of keys.

#include "base/errors.h"
#include "functions/build.h"
#include "functions/families.h"
#include "functions/sql_text.h"

namespace pyrite::functions {
namespace {

using plan::ExpressionPtr;
using plan::Expressions;

constexpr int kDefaultLgEntries = 12;

// The argument at `place`, or what stands for it.
ExpressionPtr Given(const Expressions& arguments, size_t place, const ExpressionPtr& otherwise) {
  return place < arguments.size() ? arguments[place] : otherwise;
}

ExpressionPtr LgEntries(const Expressions& arguments, size_t place) {
  return Given(arguments, place, IntConstant(kDefaultLgEntries));
}

ExpressionPtr Mode(const char* target, const Expressions& arguments, size_t place) {
  const Value* given = place < arguments.size() ? ConstantValue(arguments[place]) : nullptr;
  if (given != nullptr) {
    std::string name = given->as_string();
    for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (name != "sum" && name != "min" && name != "max" && name != "alwaysone") {
      constexpr size_t kPrefix = 6;  // spark_
      throw SparkError("DATATYPE_MISMATCH.TYPE_CHECK_FAILURE_WITH_HINT",
                       {{"sqlExpr", errors::Quoted(SqlOfCall(target + kPrefix, arguments))},
                        {"msg", "there is no mode '" + given->as_string() + "'"},
                        {"hint", ""}});
    }
  }
  return Given(arguments, place, StringConstant("sum"));
}

ExpressionPtr HashOf(const ExpressionPtr& key, const CallContext& context) {
  ExpressionPtr value = key;
  if (key->type.IsIntegral()) value = Coerce(key, DataType::Long(), context);
  if (key->type.IsFractional()) value = Coerce(key, DataType::Double(), context);
  return Native("spark_sketch_hash", {value}, DataType::Long(), key->nullable, context);
}

ExpressionPtr Bytes(const char* target, const Expressions& arguments, const CallContext& context) {
  return Native(target, arguments, DataType::Binary(), AnyNullable(arguments), context);
}

ExpressionPtr BytesOfRows(const char* target, const Expressions& arguments,
                          const CallContext& context) {
  return NativeAggregate(target, arguments, DataType::Binary(), false, context);
}

// ---- theta

ExpressionPtr ThetaOfKeys(const CallContext& context, const Expressions& arguments) {
  return BytesOfRows("spark_theta_sketch_agg",
                     {HashOf(arguments[0], context), LgEntries(arguments, 1)}, context);
}

ExpressionPtr ThetaUnionOfRows(const CallContext& context, const Expressions& arguments) {
  return BytesOfRows("spark_theta_union_agg", {arguments[0], LgEntries(arguments, 1)}, context);
}

ExpressionPtr ThetaIntersectionOfRows(const CallContext& context, const Expressions& arguments) {
  return BytesOfRows("spark_theta_intersection_agg", arguments, context);
}

ExpressionPtr ThetaUnion(const CallContext& context, const Expressions& arguments) {
  return Bytes("spark_theta_union", {arguments[0], arguments[1], LgEntries(arguments, 2)}, context);
}

// ---- count-min

// count_min_sketch(value, share of error, confidence, seed), the last three constant
ExpressionPtr CountMin(const CallContext& context, const Expressions& arguments) {
  const ExpressionPtr& value = arguments[0];
  const char* names[] = {"eps", "confidence", "seed"};
  for (size_t i = 1; i < arguments.size(); ++i) {
    if (arguments[i]->kind() == plan::ExpressionKind::kConstant ||
        arguments[i]->kind() == plan::ExpressionKind::kCast) {
      continue;
    }
    throw NotConstant("count_min_sketch", names[i - 1], arguments[i]->type, arguments, i);
  }
  Expressions operands{value};
  const char* target = "spark_count_min_sketch";
  if (value->type.IsIntegral()) {
    operands[0] = Coerce(value, DataType::Long(), context);
  } else {
    target = "spark_count_min_sketch_hashed";
    operands[0] =
        Native("spark_hash", {IntConstant(0), value}, DataType::Integer(), false, context);
    operands.push_back(
        Native("spark_hash", {operands[0], value}, DataType::Integer(), false, context));
    operands[0] = CallFunction("if",
                               {Native("isnull", {value}, DataType::Boolean(), false, context),
                                NullConstant(DataType::Integer()), operands[0]},
                               context);
  }
  operands.insert(operands.end(), arguments.begin() + 1, arguments.end());
  // Of a longer seed Spark takes the lower half.
  operands.back() = plan::MakeCast(operands.back(), DataType::Integer(), plan::EvalMode::kLegacy);
  return NativeAggregate(target, operands, DataType::Binary(), true, context);
}

// ---- tuple: `target` ends in the type of the summaries

template <const char* target>
ExpressionPtr TupleOfKeys(const CallContext& context, const Expressions& arguments) {
  return BytesOfRows(target,
                     {HashOf(arguments[0], context), arguments[1], LgEntries(arguments, 2),
                      Mode(target, arguments, 3)},
                     context);
}

template <const char* target>
ExpressionPtr TupleUnionOfRows(const CallContext& context, const Expressions& arguments) {
  return BytesOfRows(target, {arguments[0], LgEntries(arguments, 1), Mode(target, arguments, 2)},
                     context);
}

template <const char* target>
ExpressionPtr TupleIntersectionOfRows(const CallContext& context, const Expressions& arguments) {
  return BytesOfRows(target, {arguments[0], Mode(target, arguments, 1)}, context);
}

template <const char* target>
ExpressionPtr TupleUnion(const CallContext& context, const Expressions& arguments) {
  return Bytes(target,
               {arguments[0], arguments[1], LgEntries(arguments, 2), Mode(target, arguments, 3)},
               context);
}

template <const char* target>
ExpressionPtr TupleIntersection(const CallContext& context, const Expressions& arguments) {
  return Bytes(target, {arguments[0], arguments[1], Mode(target, arguments, 2)}, context);
}

template <const char* target>
ExpressionPtr TupleSummary(const CallContext& context, const Expressions& arguments) {
  bool is_double = std::string_view(target).ends_with("_double");
  Expressions operands{arguments[0], Mode(target, arguments, 1)};
  return Native(target, operands, is_double ? DataType::Double() : DataType::Long(), true, context);
}

#define PYRITE_TARGETS(suffix)                                                            \
  constexpr char kOfKeys##suffix[] = "spark_tuple_sketch_agg" #suffix;                    \
  constexpr char kUnionOfRows##suffix[] = "spark_tuple_union_agg" #suffix;                \
  constexpr char kIntersectionOfRows##suffix[] = "spark_tuple_intersection_agg" #suffix;  \
  constexpr char kUnion##suffix[] = "spark_tuple_union" #suffix;                          \
  constexpr char kIntersection##suffix[] = "spark_tuple_intersection" #suffix;            \
  constexpr char kUnionTheta##suffix[] = "spark_tuple_union_theta" #suffix;               \
  constexpr char kIntersectionTheta##suffix[] = "spark_tuple_intersection_theta" #suffix; \
  constexpr char kSummary##suffix[] = "spark_tuple_sketch_summary" #suffix
PYRITE_TARGETS(_double);
PYRITE_TARGETS(_integer);
#undef PYRITE_TARGETS

#define PYRITE_KEY "array<int>|array<bigint>|binary|double|float|int|bigint|string"

#define PYRITE_TUPLE_FUNCTIONS(suffix, summary_type, total_type)                          \
  {.name = "tuple_sketch_agg" #suffix,                                                    \
   .signatures = "(" PYRITE_KEY ", " summary_type " [, int, string]) -> binary",          \
   .kind = FunctionClass::kAggregate,                                                     \
   .nulls = NullRule::kNever,                                                             \
   .doc = "The tuple sketch of keys and summaries.",                                      \
   .means = Rewrite{TupleOfKeys<kOfKeys##suffix>}},                                       \
      {.name = "tuple_union_agg" #suffix,                                                 \
       .signatures = "(binary [, int, string]) -> binary",                                \
       .kind = FunctionClass::kAggregate,                                                 \
       .nulls = NullRule::kNever,                                                         \
       .doc = "The union of tuple sketches.",                                             \
       .means = Rewrite{TupleUnionOfRows<kUnionOfRows##suffix>}},                         \
      {.name = "tuple_intersection_agg" #suffix,                                          \
       .signatures = "(binary [, string]) -> binary",                                     \
       .kind = FunctionClass::kAggregate,                                                 \
       .nulls = NullRule::kNever,                                                         \
       .doc = "The intersection of tuple sketches.",                                      \
       .means = Rewrite{TupleIntersectionOfRows<kIntersectionOfRows##suffix>}},           \
      {.name = "tuple_sketch_estimate" #suffix,                                           \
       .signatures = "(binary) -> double",                                                \
       .doc = "How many different keys a tuple sketch has.",                              \
       .means = Kernel{"spark_tuple_sketch_estimate" #suffix}},                           \
      {.name = "tuple_sketch_theta" #suffix,                                              \
       .signatures = "(binary) -> double",                                                \
       .doc = "The share of the keys that a tuple sketch keeps.",                         \
       .means = Kernel{"spark_tuple_sketch_theta" #suffix}},                              \
      {.name = "tuple_sketch_summary" #suffix,                                            \
       .signatures = "(binary [, string]) -> " total_type,                                \
       .doc = "The summaries of a tuple sketch as one.",                                  \
       .means = Rewrite{TupleSummary<kSummary##suffix>}},                                 \
      {.name = "tuple_union" #suffix,                                                     \
       .signatures = "(binary, binary [, int, string]) -> binary",                        \
       .doc = "The union of two tuple sketches.",                                         \
       .means = Rewrite{TupleUnion<kUnion##suffix>}},                                     \
      {.name = "tuple_intersection" #suffix,                                              \
       .signatures = "(binary, binary [, string]) -> binary",                             \
       .doc = "The intersection of two tuple sketches.",                                  \
       .means = Rewrite{TupleIntersection<kIntersection##suffix>}},                       \
      {.name = "tuple_difference" #suffix,                                                \
       .signatures = "(binary, binary) -> binary",                                        \
       .doc = "The keys of a tuple sketch that another lacks.",                           \
       .means = Kernel{"spark_tuple_difference" #suffix}},                                \
      {.name = "tuple_union_theta" #suffix,                                               \
       .signatures = "(binary, binary [, int, string]) -> binary",                        \
       .doc = "The union of a tuple sketch and a theta sketch.",                          \
       .means = Rewrite{TupleUnion<kUnionTheta##suffix>}},                                \
      {.name = "tuple_intersection_theta" #suffix,                                        \
       .signatures = "(binary, binary [, string]) -> binary",                             \
       .doc = "The intersection of a tuple sketch and a theta sketch.",                   \
       .means = Rewrite{TupleIntersection<kIntersectionTheta##suffix>}},                  \
  {                                                                                       \
    .name = "tuple_difference_theta" #suffix, .signatures = "(binary, binary) -> binary", \
    .doc = "The keys of a tuple sketch that a theta sketch lacks.", .means = Kernel {     \
      "spark_tuple_difference_theta" #suffix                                              \
    }                                                                                     \
  }

constexpr Function kRows[] = {
    {.name = "theta_sketch_agg",
     .signatures = "(" PYRITE_KEY " [, int]) -> binary",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kNever,
     .doc = "The theta sketch of keys.",
     .means = Rewrite{ThetaOfKeys}},
    {.name = "theta_union_agg",
     .signatures = "(binary [, int]) -> binary",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kNever,
     .doc = "The union of theta sketches.",
     .means = Rewrite{ThetaUnionOfRows}},
    {.name = "theta_intersection_agg",
     .signatures = "(binary) -> binary",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kNever,
     .doc = "The intersection of theta sketches.",
     .means = Rewrite{ThetaIntersectionOfRows}},
    {.name = "theta_sketch_estimate",
     .signatures = "(binary) -> bigint",
     .doc = "How many different keys a theta sketch has.",
     .means = Kernel{"spark_theta_sketch_estimate"}},
    {.name = "theta_union",
     .signatures = "(binary, binary [, int]) -> binary",
     .doc = "The union of two theta sketches.",
     .means = Rewrite{ThetaUnion}},
    {.name = "theta_intersection",
     .signatures = "(binary, binary) -> binary",
     .doc = "The intersection of two theta sketches.",
     .means = Kernel{"spark_theta_intersection"}},
    {.name = "theta_difference",
     .signatures = "(binary, binary) -> binary",
     .doc = "The keys of a theta sketch that another lacks.",
     .means = Kernel{"spark_theta_difference"}},
    {.name = "count_min_sketch",
     .signatures = "(integral|string|binary, double, double, int|bigint) -> binary",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways,
     .doc = "The count-min sketch of values.",
     .means = Rewrite{CountMin}},
    PYRITE_TUPLE_FUNCTIONS(_double, "double", "double"),
    PYRITE_TUPLE_FUNCTIONS(_integer, "int", "bigint"),
};

}  // namespace

std::span<const Function> SketchFunctions() { return kRows; }

}  // namespace pyrite::functions
