// Functions that take lambdas over more than one array's elements: folds, pairs; arrays as sets.

#include "base/errors.h"
#include "functions/families.h"
#include "functions/lambda.h"

namespace pyrite::functions {
namespace {

using plan::ExpressionPtr;
using plan::Expressions;

// ---- aggregate: a fold over structs of a state and an element, which the engine wants alike

ExpressionPtr Aggregate(const CallContext& context, const Expressions& arguments) {
  const ExpressionPtr& array = arguments[0];
  const ExpressionPtr& zero = arguments[1];
  const plan::Lambda& merge = LambdaOf(arguments[2]);
  const DataType& element = array->type.element();
  if (!merge.body->type.SameType(zero->type)) {
    throw errors::UnsupportedFeature("aggregate with a merge of another type than its start");
  }
  DataType step = DataType::Struct({{"state", zero->type, true}, {"element", element, true}});

  plan::Column item = Parameter("item", element, array->type.contains_null());
  ExpressionPtr wrapped = Pack(step, {NullConstant(zero->type), plan::MakeRef(item)}, context);
  ExpressionPtr steps = Native("list_transform", {array, MakeLambda({item}, wrapped)},
                               DataType::Array(step, false), array->nullable, context);

  plan::Column left = Parameter("left", step, false), right = Parameter("right", step, false);
  ExpressionPtr merged =
      Apply(merge, {Field(plan::MakeRef(left), 0), Field(plan::MakeRef(right), 1)});
  ExpressionPtr next = Pack(step, {merged, NullConstant(element)}, context);
  ExpressionPtr start = Pack(step, {zero, NullConstant(element)}, context);
  ExpressionPtr folded = Native("list_reduce", {steps, MakeLambda({left, right}, next), start},
                                step, array->nullable, context);
  ExpressionPtr state = Field(folded, 0);
  if (arguments.size() > 3) {
    state = NullWithAny({array}, Apply(LambdaOf(arguments[3]), {state}), context);
  }
  return state;
}

ExpressionPtr ZipWith(const CallContext& context, const Expressions& arguments) {
  const plan::Lambda& lambda = LambdaOf(arguments[2]);
  DataType pair = DataType::Struct(
      {{"0", arguments[0]->type.element(), true}, {"1", arguments[1]->type.element(), true}});
  ExpressionPtr pairs = Native("list_zip", {arguments[0], arguments[1]},
                               DataType::Array(pair, false), false, context);
  plan::Column item = Parameter("pair", pair, false);
  Expressions values;  // the engine's pairs have no names
  for (int i = 0; i < 2; ++i) {
    ExpressionPtr place = plan::MakeConstant(Literal::Long(i + 1));
    values.push_back(Native("struct_extract_at", {plan::MakeRef(item), place},
                            pair.fields()[i].type, true, context));
  }
  ExpressionPtr zipped =
      Native("list_transform", {pairs, MakeLambda({item}, Apply(lambda, values))},
             DataType::Array(lambda.body->type, lambda.body->nullable), false, context);
  return NullWithAny({arguments[0], arguments[1]}, zipped, context);
}

// ---- arrays as sets, in the order of their first occurrences

ExpressionPtr Union(const CallContext& context, const Expressions& arguments) {
  ExpressionPtr both = CallFunction("array_concat", arguments, context);
  return Native("spark_array_distinct", {both}, both->type, both->nullable, context);
}

ExpressionPtr Intersect(const CallContext& context, const Expressions& arguments) {
  bool nulls = arguments[0]->type.contains_null() && arguments[1]->type.contains_null();
  DataType type = DataType::Array(arguments[0]->type.element(), nulls);
  return Native("spark_array_intersect", arguments, type, AnyNullable(arguments), context);
}

ExpressionPtr Except(const CallContext& context, const Expressions& arguments) {
  return Native("spark_array_except", arguments, arguments[0]->type, AnyNullable(arguments),
                context);
}

ExpressionPtr Overlap(const CallContext& context, const Expressions& arguments) {
  bool nulls = arguments[0]->type.contains_null() || arguments[1]->type.contains_null();
  return Native("spark_arrays_overlap", arguments, DataType::Boolean(),
                nulls || AnyNullable(arguments), context);
}

// ---- arrays

ExpressionPtr Compact(const CallContext& context, const Expressions& arguments) {
  const ExpressionPtr& array = arguments[0];
  plan::Column item = Parameter("item", array->type.element(), true);
  ExpressionPtr present = CallFunction("isnotnull", {plan::MakeRef(item)}, context);
  return Native("list_filter", {array, MakeLambda({item}, present)},
                DataType::Array(array->type.element(), false), array->nullable, context);
}

ExpressionPtr Remove(const CallContext& context, const Expressions& arguments) {
  const ExpressionPtr& array = arguments[0];
  const ExpressionPtr& gone = arguments[1];
  plan::Column item = Parameter("item", array->type.element(), true);
  ExpressionPtr same = CallFunction("<=>", {plan::MakeRef(item), gone}, context);
  ExpressionPtr other = CallFunction("not", {same}, context);
  ExpressionPtr kept = Native("list_filter", {array, MakeLambda({item}, other)}, array->type,
                              array->nullable, context);
  return NullWithAny({array, gone}, kept, context);
}

template <bool at_end>
ExpressionPtr Extend(const CallContext& context, const Expressions& arguments) {
  const ExpressionPtr& array = arguments[0];
  const ExpressionPtr& added = arguments[1];
  DataType type =
      DataType::Array(array->type.element(), array->type.contains_null() || added->nullable);
  ExpressionPtr one =
      Native("list_value", {added}, DataType::Array(added->type, added->nullable), false, context);
  Expressions parts = at_end ? Expressions{array, one} : Expressions{one, array};
  return NullWithAny({array}, Native("list_concat", parts, type, false, context), context);
}

// The pairs (or more) of elements at each place, over names as struct() gives them.
ExpressionPtr ZipArrays(const CallContext& context, const Expressions& arguments) {
  std::vector<StructField> fields;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const auto* column = arguments[i]->TryAs<plan::ColumnRef>();
    fields.push_back({column != nullptr ? column->name : std::to_string(i),
                      arguments[i]->type.element(), true, ""});
  }
  DataType entry = DataType::Struct(fields);
  DataType type = DataType::Array(entry, false);
  ExpressionPtr tuples = Native("list_zip", arguments, type, false, context);
  plan::Column item = Parameter("tuple", entry, false);
  Expressions values;  // the engine's tuples have no names
  for (size_t i = 0; i < fields.size(); ++i) {
    ExpressionPtr place = plan::MakeConstant(Literal::Long(static_cast<int64_t>(i) + 1));
    values.push_back(
        Native("struct_extract_at", {plan::MakeRef(item), place}, fields[i].type, true, context));
  }
  ExpressionPtr zipped =
      Native("list_transform", {tuples, MakeLambda({item}, Pack(entry, values, context))}, type,
             false, context);
  return NullWithAny(arguments, zipped, context);
}

ExpressionPtr Slice(const CallContext& context, const Expressions& arguments) {
  const ExpressionPtr& array = arguments[0];
  bool nullable = AnyNullable(arguments);
  ExpressionPtr size = Native("len", {array}, DataType::Long(), array->nullable, context);
  ExpressionPtr begin =
      Native("spark_slice_begin", {size, arguments[1]}, DataType::Long(), nullable, context);
  ExpressionPtr end =
      Native("spark_slice_end", {begin, arguments[2]}, DataType::Long(), nullable, context);
  ExpressionPtr part = Native("list_slice", {array, begin, end}, array->type, nullable, context);
  return NullWithAny({array, arguments[1], arguments[2]}, part, context);
}

constexpr Function kRows[] = {
    {.name = "arrays_zip",
     .signatures = "(array, array...) -> any",
     .doc = "The arrays' elements at each place as structs.",
     .means = Rewrite{ZipArrays}},
    {.name = "arrays_overlap",
     .signatures = "(array<T>, array<T>) -> boolean",
     .doc = "Whether a value is in both arrays.",
     .means = Rewrite{Overlap}},
    {.name = "slice",
     .signatures = "(array, int, int) -> any",
     .doc = "So many elements from a 1-based place on, from the end when it is negative.",
     .means = Rewrite{Slice}},
    {.name = "aggregate",
     .aliases = "reduce",
     .signatures = "(array, any, any [, any]) -> any",
     .doc = "Folds the elements into a state, and finishes it.",
     .means = Rewrite{Aggregate}},
    {.name = "zip_with",
     .signatures = "(array, array, any) -> any",
     .doc = "A function of the elements of two arrays; the shorter one is filled with NULL.",
     .means = Rewrite{ZipWith}},
    {.name = "array_compact",
     .signatures = "(array) -> any",
     .doc = "The elements that are not NULL.",
     .means = Rewrite{Compact}},
    {.name = "array_remove",
     .signatures = "(array<T>, T) -> array<T>",
     .doc = "The array without a value.",
     .means = Rewrite{Remove}},
    {.name = "array_append",
     .signatures = "(array<T>, T) -> array<T>",
     .doc = "The array with a value at its end.",
     .means = Rewrite{Extend<true>}},
    {.name = "array_prepend",
     .signatures = "(array<T>, T) -> array<T>",
     .doc = "The array with a value at its start.",
     .means = Rewrite{Extend<false>}},
    {.name = "array_distinct",
     .signatures = "(array) -> any",
     .doc = "The elements without repetitions.",
     .means = Kernel{"spark_array_distinct"}},
    {.name = "array_union",
     .signatures = "(array<T>, array<T>) -> array<T>",
     .doc = "The elements of both arrays without repetitions.",
     .means = Rewrite{Union}},
    {.name = "array_intersect",
     .signatures = "(array<T>, array<T>) -> array<T>",
     .doc = "The elements that both arrays have, without repetitions.",
     .means = Rewrite{Intersect}},
    {.name = "array_except",
     .signatures = "(array<T>, array<T>) -> array<T>",
     .doc = "The elements that the second array lacks, without repetitions.",
     .means = Rewrite{Except}},
};

}  // namespace

std::span<const Function> HigherOrderFunctions() { return kRows; }

}  // namespace pyrite::functions
