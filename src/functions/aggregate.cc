// Aggregate functions.

#include "base/errors.h"
#include "functions/build.h"
#include "functions/decimal_types.h"
#include "functions/families.h"
#include "functions/sql_text.h"

namespace pyrite::functions {
namespace {

using plan::ExpressionPtr;
using plan::Expressions;

DataType SumType(const DataType& type) {
  if (type.IsAnsiInterval()) return type;
  if (type.Is(TypeKind::kDecimal)) return BoundedDecimal(type.precision() + 10, type.scale());
  return type.IsIntegral() ? DataType::Long() : DataType::Double();
}

DataType SumResult(const CallContext&, const Expressions& arguments) {
  return SumType(arguments[0]->type);
}

ExpressionPtr Average(const CallContext& context, const Expressions& arguments) {
  const DataType& type = arguments[0]->type;
  if (type.IsAnsiInterval()) {
    ExpressionPtr count = NativeAggregate("count", arguments, DataType::Long(), false, context);
    ExpressionPtr sum = CallFunction("sum", arguments, context);
    return CallFunction("/", {sum, CallFunction("nullifzero", {count}, context)}, context);
  }
  if (!type.Is(TypeKind::kDecimal)) {
    return NativeAggregate("avg", arguments, DataType::Double(), true, context);
  }
  DataType result = BoundedDecimal(type.precision() + 4, type.scale() + 4);
  ExpressionPtr sum = CallFunction("sum", arguments, context);
  ExpressionPtr count =
      NativeAggregate("spark_average_count", arguments, DataType::Long(), false, context);
  return Native("spark_decimal_average",
                {sum, count, IntConstant(result.precision()), IntConstant(result.scale())}, result,
                true, context);
}

// The mean of one of two where both are present.
template <int place>
ExpressionPtr AverageOfPairs(const CallContext& context, const Expressions& arguments) {
  ExpressionPtr both = CallFunction("and",
                                    {CallFunction("isnotnull", {arguments[0]}, context),
                                     CallFunction("isnotnull", {arguments[1]}, context)},
                                    context);
  ExpressionPtr value =
      CallFunction("if", {both, arguments[place], NullConstant(arguments[place]->type)}, context);
  return Average(context, {value});
}

ExpressionPtr Correlation(const CallContext& context, const Expressions& arguments) {
  return NativeAggregate(context.ansi ? "spark_corr" : "spark_try_corr", arguments,
                         DataType::Double(), true, context);
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
    counted = CallFunction(
        "if", {all, CallFunction("struct", arguments, context), NullConstant(DataType::Null())},
        context);
  }
  return NativeAggregate("count", {counted}, DataType::Long(), false, context);
}

ExpressionPtr CountIf(const CallContext& context, const Expressions& arguments) {
  ExpressionPtr one = CallFunction(
      "if", {arguments[0], IntConstant(1), NullConstant(DataType::Integer())}, context);
  return NativeAggregate("count", {one}, DataType::Long(), false, context);
}

// Values that are not NULL in an array; no value makes an empty array.
ExpressionPtr Collected(bool distinct, const CallContext& context, const Expressions& arguments) {
  DataType type = DataType::Array(arguments[0]->type, false);
  plan::AggregateCall call =
      NativeAggregate("list", arguments, type, true, context)->As<plan::AggregateCall>();
  call.distinct = distinct;
  call.ignore_nulls = true;
  ExpressionPtr list = plan::Make(std::move(call), type, true, context.query_context);
  ExpressionPtr empty = plan::MakeConstant({type, Value(Values{})});
  return Native("coalesce", {list, empty}, type, false, context);
}

ExpressionPtr CollectList(const CallContext& context, const Expressions& arguments) {
  return Collected(false, context, arguments);
}

ExpressionPtr CollectSet(const CallContext& context, const Expressions& arguments) {
  return Collected(true, context, arguments);
}

// first(value [, ignore nulls]) and last.
ExpressionPtr Edge(const char* target, const CallContext& context, const Expressions& arguments) {
  plan::AggregateCall call =
      NativeAggregate(target, {arguments[0]}, arguments[0]->type, true, context)
          ->As<plan::AggregateCall>();
  const Value* ignore = arguments.size() > 1 ? ConstantValue(arguments[1]) : nullptr;
  call.ignore_nulls = ignore != nullptr && ignore->as_bool();
  return plan::Make(std::move(call), arguments[0]->type, true, context.query_context);
}

ExpressionPtr First(const CallContext& context, const Expressions& arguments) {
  return Edge("first", context, arguments);
}

ExpressionPtr Last(const CallContext& context, const Expressions& arguments) {
  return Edge("last", context, arguments);
}

// The shares as constants: one, or an array of them.
ExpressionPtr SharesOf(const ExpressionPtr& given, const CallContext& context) {
  bool many = given->type.Is(TypeKind::kArray);
  if (!many) return Coerce(given, DataType::Double(), context);
  const auto* call = given->TryAs<plan::Call>();
  Values shares;
  Expressions items;
  if (call != nullptr) items = call->arguments;
  if (const Value* value = ConstantValue(given)) {
    for (const Value& share : value->children()) {
      items.push_back(plan::MakeConstant({given->type.element(), share}));
    }
  }
  for (const ExpressionPtr& item : items) {
    const Value* decimal = item->type.Is(TypeKind::kDecimal) ? ConstantValue(item) : nullptr;
    if (decimal != nullptr) {
      shares.emplace_back(std::stod(DecimalToString(decimal->as_decimal(), item->type.scale())));
      continue;
    }
    ExpressionPtr share = Coerce(item, DataType::Double(), context);
    const Value* value = ConstantValue(share);
    if (value == nullptr) throw errors::UnsupportedFeature("percentiles that vary");
    shares.push_back(*value);
  }
  DataType type = DataType::Array(DataType::Double(), false);
  return plan::MakeConstant({type, Value(std::move(shares))});
}

ExpressionPtr Quantile(const char* target, const DataType& type, const CallContext& context,
                       const Expressions& arguments) {
  ExpressionPtr shares = arguments.size() > 1 ? SharesOf(arguments[1], context)
                                              : plan::MakeConstant(Literal::Double(0.5));
  DataType result = shares->type.Is(TypeKind::kArray) ? DataType::Array(type, false) : type;
  return NativeAggregate(target, {Coerce(arguments[0], type, context), shares}, result, true,
                         context);
}

ExpressionPtr Percentile(const CallContext& context, const Expressions& arguments) {
  const Value* frequency = arguments.size() > 2 ? ConstantValue(arguments[2]) : nullptr;
  if (arguments.size() > 2 && (frequency == nullptr || frequency->as_int() != 1)) {
    throw errors::UnsupportedFeature("percentile with a frequency");
  }
  const DataType& type = arguments[0]->type;
  if (type.IsAnsiInterval()) throw errors::UnsupportedFeature("percentiles of intervals");
  return Quantile("quantile_cont", DataType::Double(), context, arguments);
}

// Exact, which every accuracy allows.
ExpressionPtr ApproximatePercentile(const CallContext& context, const Expressions& arguments) {
  const DataType& shares = arguments[1]->type;
  const DataType& share = shares.Is(TypeKind::kArray) ? shares.element() : shares;
  if (!ImplicitCast(share, DataType::Double(), context.ansi)) {
    Expressions shown = arguments;
    if (shown.size() == 2) shown.push_back(IntConstant(10000));
    throw errors::UnexpectedInputType(SqlOfCall("percentile_approx", shown), "second",
                                      "(\"DOUBLE\" or \"ARRAY<DOUBLE>\")", SqlOf(*arguments[1]),
                                      shares.ToSql());
  }
  return Quantile("quantile_disc", arguments[0]->type, context, {arguments[0], arguments[1]});
}

// percentile_cont(share) WITHIN GROUP (ORDER BY value): the value comes first here, then the share,
// and whether the order is descending.
template <const char* target>
ExpressionPtr OrderedPercentile(const CallContext& context, const Expressions& arguments) {
  bool continuous = std::string_view(target) == "quantile_cont";
  DataType type = continuous ? DataType::Double() : arguments[0]->type;
  if (!continuous && type.IsNumeric() && !type.Is(TypeKind::kDecimal)) type = DataType::Double();
  const Value* descending = arguments.size() > 2 ? ConstantValue(arguments[2]) : nullptr;
  if (descending == nullptr || !descending->as_bool()) {
    return Quantile(target, type, context, {arguments[0], arguments[1]});
  }
  ExpressionPtr negated = CallFunction("negative", {Coerce(arguments[0], type, context)}, context);
  return CallFunction("negative", {Quantile(target, type, context, {negated, arguments[1]})},
                      context);
}
constexpr char kContinuous[] = "quantile_cont";
constexpr char kDiscrete[] = "quantile_disc";

// The most frequent value; of several the least one when the second argument is true.
ExpressionPtr Mode(const CallContext& context, const Expressions& arguments) {
  plan::AggregateCall call =
      NativeAggregate("mode", {arguments[0]}, arguments[0]->type, true, context)
          ->As<plan::AggregateCall>();
  const Value* least = arguments.size() > 1 ? ConstantValue(arguments[1]) : nullptr;
  if (least != nullptr && least->as_bool()) call.order_by.push_back({arguments[0], true, true});
  return plan::Make(std::move(call), arguments[0]->type, true, context.query_context);
}

// max_by(value, order [, so many]) and min_by.
template <const char* one, const char* many>
ExpressionPtr ByOrder(const CallContext& context, const Expressions& arguments) {
  const DataType& type = arguments[0]->type;
  if (arguments.size() == 2) return NativeAggregate(one, arguments, type, true, context);
  ExpressionPtr count = Coerce(arguments[2], DataType::Long(), context);
  DataType list = DataType::Array(type, arguments[0]->nullable);
  return NativeAggregate(many, {arguments[0], arguments[1], count}, list, true, context);
}
constexpr char kMaxBy[] = "arg_max_null";
constexpr char kMinBy[] = "arg_min_null";
constexpr char kMaxByMany[] = "arg_max";
constexpr char kMinByMany[] = "arg_min";

// NULL where sum() overflows.
ExpressionPtr TrySum(const CallContext& context, const Expressions& arguments) {
  ExpressionPtr sum = CallFunction("sum", arguments, context);
  auto call = sum->As<plan::AggregateCall>();
  call.mode = plan::EvalMode::kTry;
  return plan::Make(std::move(call), sum->type, true, context.query_context);
}

ExpressionPtr HistogramOf(const CallContext& context, const Expressions& arguments) {
  DataType doubles = DataType::Array(DataType::Double(), false);
  ExpressionPtr values = Coerce(arguments[0], DataType::Double(), context);
  plan::AggregateCall call =
      NativeAggregate("list", {values}, doubles, true, context)->As<plan::AggregateCall>();
  call.ignore_nulls = true;
  ExpressionPtr list = plan::Make(std::move(call), doubles, true, context.query_context);
  const auto bins = [](const DataType& x) {
    return DataType::Array(DataType::Struct({{"x", x, true}, {"y", DataType::Double(), true}}));
  };
  ExpressionPtr made =
      Native("spark_histogram", {list, arguments[1]}, bins(DataType::Double()), true, context);
  return plan::MakeCast(made, bins(arguments[0]->type), plan::EvalMode::kLegacy);
}

ExpressionPtr ApproximateCount(const CallContext& context, const Expressions& arguments) {
  return NativeAggregate("approx_count_distinct", {arguments[0]}, DataType::Long(), false, context);
}

// Bytes that the signature has made a text of, as they were.
ExpressionPtr AsBytes(const ExpressionPtr& text) {
  const auto* cast = text->TryAs<plan::Cast>();
  if (cast != nullptr && cast->child->type.Is(TypeKind::kBinary)) return cast->child;
  return plan::MakeCast(text, DataType::Binary(), plan::EvalMode::kAnsi);
}

ExpressionPtr JoinTexts(const CallContext& context, const Expressions& arguments) {
  ExpressionPtr separator = arguments.size() > 1 ? arguments[1] : StringConstant("");
  const auto* cast = arguments[0]->TryAs<plan::Cast>();
  if (cast != nullptr && cast->child->type.Is(TypeKind::kBinary)) {
    ExpressionPtr list = CallFunction("collect_list", {cast->child}, context);
    return Native("spark_join", {list, AsBytes(separator)}, DataType::Binary(), true, context);
  }
  return NativeAggregate("string_agg", {arguments[0], separator}, DataType::String(), true,
                         context);
}

// NULL where avg() overflows.
ExpressionPtr TryAverage(const CallContext& context, const Expressions& arguments) {
  CallContext legacy = context;
  legacy.ansi = false;
  return Average(legacy, arguments);
}

constexpr Function kRows[] = {
    {.name = "try_avg",
     .signatures = "(numeric) -> any; (ansi_interval) -> any",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways,
     .doc = "The mean, NULL when it overflows.",
     .means = Rewrite{TryAverage}},
    {.name = "sum",
     .signatures = "(numeric) -> any; (ansi_interval) -> any",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways,
     .doc = "The sum.",
     .means = Rename{"sum", true},
     .result_type = SumResult},
    {.name = "avg",
     .aliases = "mean",
     .signatures = "(numeric) -> any; (ansi_interval) -> any",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways,
     .doc = "The mean.",
     .means = Rewrite{Average}},
    {.name = "count",
     .signatures = "(any...) -> bigint",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kNever,
     .doc = "The number of rows, or of those where none is NULL.",
     .means = Rewrite{Count}},
    {.name = "min",
     .signatures = "(T) -> T",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways,
     .doc = "The least value.",
     .means = Rename{"min"}},
    {.name = "max",
     .signatures = "(T) -> T",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways,
     .doc = "The greatest value.",
     .means = Rename{"max"}},
    {.name = "count_if",
     .signatures = "(boolean) -> bigint",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kNever,
     .doc = "The number of rows where the condition holds.",
     .means = Rewrite{CountIf}},
    {.name = "bool_and",
     .aliases = "every",
     .signatures = "(boolean) -> boolean",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways,
     .doc = "Whether all are true.",
     .means = Rename{"bool_and"}},
    {.name = "bool_or",
     .aliases = "some any",
     .signatures = "(boolean) -> boolean",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways,
     .doc = "Whether one is true.",
     .means = Rename{"bool_or"}},
    {.name = "stddev_samp",
     .aliases = "stddev std",
     .signatures = "(double) -> double",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways,
     .doc = "The sample standard deviation.",
     .means = Kernel{"spark_stddev_samp"}},
    {.name = "stddev_pop",
     .signatures = "(double) -> double",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways,
     .doc = "The population standard deviation.",
     .means = Kernel{"spark_stddev_pop"}},
    {.name = "var_samp",
     .aliases = "variance",
     .signatures = "(double) -> double",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways,
     .doc = "The sample variance.",
     .means = Kernel{"spark_var_samp"}},
    {.name = "var_pop",
     .signatures = "(double) -> double",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways,
     .doc = "The population variance.",
     .means = Kernel{"spark_var_pop"}},
    {.name = "kurtosis",
     .signatures = "(double) -> double",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways,
     .doc = "The excess kurtosis of the population.",
     .means = Kernel{"spark_kurtosis"}},
    {.name = "skewness",
     .signatures = "(double) -> double",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways,
     .doc = "The skewness of the population.",
     .means = Kernel{"spark_skewness"}},
    {.name = "corr",
     .signatures = "(double, double) -> double",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways,
     .doc = "The correlation coefficient.",
     .means = Rewrite{Correlation}},
    {.name = "covar_pop",
     .signatures = "(double, double) -> double",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways,
     .doc = "The population covariance.",
     .means = Kernel{"spark_covar_pop"}},
    {.name = "covar_samp",
     .signatures = "(double, double) -> double",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways,
     .doc = "The sample covariance.",
     .means = Kernel{"spark_covar_samp"}},
    {.name = "regr_avgx",
     .signatures = "(numeric, numeric) -> any",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways,
     .doc = "The mean of the second where both are present.",
     .means = Rewrite{AverageOfPairs<1>}},
    {.name = "regr_avgy",
     .signatures = "(numeric, numeric) -> any",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways,
     .doc = "The mean of the first where both are present.",
     .means = Rewrite{AverageOfPairs<0>}},
    {.name = "regr_intercept",
     .signatures = "(double, double) -> double",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways,
     .doc = "The intercept of the regression line.",
     .means = Kernel{"spark_regr_intercept"}},
    {.name = "regr_r2",
     .signatures = "(double, double) -> double",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways,
     .doc = "The coefficient of determination.",
     .means = Kernel{"spark_regr_r2"}},
    {.name = "regr_slope",
     .signatures = "(double, double) -> double",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways,
     .doc = "The slope of the regression line.",
     .means = Kernel{"spark_regr_slope"}},
    {.name = "regr_sxx",
     .signatures = "(double, double) -> double",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways,
     .doc = "The sum of squares of the second.",
     .means = Kernel{"spark_regr_sxx"}},
    {.name = "regr_sxy",
     .signatures = "(double, double) -> double",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways,
     .doc = "The sum of products of both.",
     .means = Kernel{"spark_regr_sxy"}},
    {.name = "regr_syy",
     .signatures = "(double, double) -> double",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways,
     .doc = "The sum of squares of the first.",
     .means = Kernel{"spark_regr_syy"}},
    {.name = "regr_count",
     .signatures = "(double, double) -> bigint",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kNever,
     .doc = "The number of pairs without NULL.",
     .means = Rename{"regr_count", true}},
    {.name = "collect_list",
     .aliases = "array_agg",
     .signatures = "(any) -> any",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kNever,
     .doc = "All values that are not NULL.",
     .means = Rewrite{CollectList}},
    {.name = "collect_set",
     .signatures = "(any) -> any",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kNever,
     .doc = "The different values that are not NULL.",
     .means = Rewrite{CollectSet}},
    {.name = "first",
     .aliases = "first_value any_value",
     .signatures = "(any [, boolean]) -> any",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways,
     .doc = "The first value.",
     .means = Rewrite{First}},
    {.name = "last",
     .aliases = "last_value",
     .signatures = "(any [, boolean]) -> any",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways,
     .doc = "The last value.",
     .means = Rewrite{Last}},
    {.name = "approx_count_distinct",
     .signatures = "(any [, double]) -> bigint",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kNever,
     .doc = "About the number of different values.",
     .means = Rewrite{ApproximateCount}},
    {.name = "percentile",
     .signatures = "(numeric, any [, int]) -> double",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways,
     .doc = "An exact percentile, interpolated.",
     .means = Rewrite{Percentile}},
    {.name = "median",
     .signatures = "(numeric) -> double",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways,
     .doc = "The median.",
     .means = Rewrite{Percentile}},
    {.name = "percentile_approx",
     .aliases = "approx_percentile",
     .signatures =
         "(numeric|date|timestamp|timestamp_ntz|yminterval|dtinterval, any [, int]) -> any",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways,
     .doc = "A percentile among the values.",
     .means = Rewrite{ApproximatePercentile}},
    {.name = "mode",
     .signatures = "(any [, boolean]) -> any",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways,
     .doc = "The most frequent value.",
     .means = Rewrite{Mode}},
    {.name = "try_sum",
     .signatures = "(numeric) -> any; (ansi_interval) -> any",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways,
     .doc = "The sum, NULL when it overflows.",
     .means = Rewrite{TrySum}},
    {.name = "product",
     .signatures = "(double) -> double",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways,
     .doc = "The product.",
     .means = Rename{"product"}},
    {.name = "percentile_cont",
     .signatures = "(numeric, any [, boolean]) -> double",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways,
     .doc = "An exact percentile, interpolated, of WITHIN GROUP's order.",
     .means = Rewrite{OrderedPercentile<kContinuous>}},
    {.name = "percentile_disc",
     .signatures = "(numeric, any [, boolean]) -> any",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways,
     .doc = "A percentile among the values, of WITHIN GROUP's order.",
     .means = Rewrite{OrderedPercentile<kDiscrete>}},
    {.name = "histogram_numeric",
     .signatures = "(numeric, int) -> any",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways,
     .doc = "A histogram of so many bins.",
     .means = Rewrite{HistogramOf}},
    {.name = "bitmap_construct_agg",
     .signatures = "(bigint) -> binary",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kNever,
     .doc = "The bitmap of places.",
     .means = Kernel{"spark_bitmap_construct_agg"}},
    {.name = "bitmap_or_agg",
     .signatures = "(binary) -> binary",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kNever,
     .doc = "The bits that one of the bitmaps has.",
     .means = Kernel{"spark_bitmap_or_agg"}},
    {.name = "bitmap_and_agg",
     .signatures = "(binary) -> binary",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kNever,
     .doc = "The bits that all bitmaps have.",
     .means = Kernel{"spark_bitmap_and_agg"}},
    {.name = "max_by",
     .signatures = "(any, any [, int]) -> any",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways,
     .doc = "The value where the second is greatest.",
     .means = Rewrite{ByOrder<kMaxBy, kMaxByMany>}},
    {.name = "min_by",
     .signatures = "(any, any [, int]) -> any",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways,
     .doc = "The value where the second is least.",
     .means = Rewrite{ByOrder<kMinBy, kMinByMany>}},
    {.name = "bit_and",
     .signatures = "(integral) -> any",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways,
     .doc = "The bitwise AND of all.",
     .means = Rename{"bit_and"}},
    {.name = "bit_or",
     .signatures = "(integral) -> any",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways,
     .doc = "The bitwise OR of all.",
     .means = Rename{"bit_or"}},
    {.name = "bit_xor",
     .signatures = "(integral) -> any",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways,
     .doc = "The bitwise exclusive OR of all.",
     .means = Rename{"bit_xor"}},
    {.name = "listagg",
     .aliases = "string_agg",
     .signatures = "(string [, string]) -> string",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kAlways,
     .doc = "The texts one after the other, with a separator.",
     .means = Rewrite{JoinTexts}},
};

}  // namespace

std::span<const Function> AggregateFunctions() { return kRows; }

}  // namespace pyrite::functions
