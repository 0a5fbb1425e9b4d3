// Functions of arrays, maps and structs.

#include "base/errors.h"
#include "functions/build.h"
#include "functions/families.h"
#include "functions/sql_text.h"
#include "plan/walk.h"

namespace pyrite::functions {
namespace {

using plan::ExpressionPtr;
using plan::Expressions;

ExpressionPtr If(ExpressionPtr condition, ExpressionPtr yes, ExpressionPtr no,
                 const CallContext& context) {
  return CallFunction("if", {std::move(condition), std::move(yes), std::move(no)}, context);
}

ExpressionPtr IsNull(const ExpressionPtr& value, const CallContext& context) {
  return Native("isnull", {value}, DataType::Boolean(), false, context);
}

// `value`, but NULL when an argument is.
ExpressionPtr NullWithAny(const Expressions& arguments, ExpressionPtr value,
                          const CallContext& context) {
  ExpressionPtr any;
  for (const ExpressionPtr& argument : arguments) {
    if (!argument->nullable) continue;
    ExpressionPtr null = IsNull(argument, context);
    any = any ? CallFunction("or", {any, null}, context) : null;
  }
  if (!any) return value;
  DataType type = value->type;
  return If(any, NullConstant(type), std::move(value), context);
}

ExpressionPtr LengthOf(const ExpressionPtr& list, const CallContext& context) {
  return Native("len", {list}, DataType::Long(), list->nullable, context);
}

// Whether an array has a NULL element.
ExpressionPtr HasNull(const ExpressionPtr& array, const CallContext& context) {
  ExpressionPtr valid = Native("list_count", {array}, DataType::Long(), array->nullable, context);
  return Native("<", {valid, LengthOf(array, context)}, DataType::Boolean(), array->nullable,
                context);
}

// ---- construction

ExpressionPtr Array(const CallContext& context, const Expressions& arguments) {
  DataType element = arguments.empty() ? DataType::Null() : arguments[0]->type;
  DataType type = DataType::Array(element, AnyNullable(arguments));
  if (arguments.empty()) return plan::MakeConstant({type, Value(Values{})});
  return Native("list_value", arguments, type, false, context);
}

DataType StructOf(const Expressions& values, const std::vector<std::string>& names) {
  std::vector<StructField> fields;
  for (size_t i = 0; i < values.size(); ++i) {
    fields.push_back({names[i], values[i]->type, values[i]->nullable, ""});
  }
  return DataType::Struct(std::move(fields));
}

ExpressionPtr MakeStruct(const Expressions& values, const std::vector<std::string>& names,
                         const CallContext& context) {
  if (values.empty()) return plan::MakeConstant({DataType::Struct({}), Value(Values{})});
  return Native("struct_pack", values, StructOf(values, names), false, context);
}

ExpressionPtr Struct(const CallContext& context, const Expressions& arguments) {
  std::vector<std::string> names;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const ExpressionPtr& argument = arguments[i];
    std::string name = "col" + std::to_string(i + 1);
    if (const auto* column = argument->TryAs<plan::ColumnRef>()) name = column->name;
    if (const auto* field = argument->TryAs<plan::GetField>()) {
      name = field->child->type.fields()[field->ordinal].name;
    }
    names.push_back(std::move(name));
  }
  return MakeStruct(arguments, names, context);
}

ExpressionPtr NamedStruct(const CallContext& context, const Expressions& arguments) {
  if (arguments.size() % 2 != 0) {
    throw errors::WrongNumArgs("named_struct", "2n (n > 0)", arguments.size());
  }
  std::vector<std::string> names;
  Expressions values;
  for (size_t i = 0; i + 1 < arguments.size(); i += 2) {
    const Value* name = ConstantValue(arguments[i]);
    bool varies = plan::Any(*arguments[i], [](const plan::Expression& e) {
      return e.TryAs<plan::ColumnRef>() != nullptr;
    });
    if (name == nullptr && !varies) {
      throw errors::UnsupportedFeature("field names that have to be computed");
    }
    if (varies || name->is_null() || !arguments[i]->type.IsString()) {
      throw SparkError("DATATYPE_MISMATCH.CREATE_NAMED_STRUCT_WITHOUT_FOLDABLE_STRING",
                       {{"sqlExpr", errors::Quoted(SqlOfCall("named_struct", arguments))},
                        {"inputExprs", "[" + errors::Quoted(SqlOf(*arguments[i])) + "]"}});
    }
    names.push_back(name->as_string());
    values.push_back(arguments[i + 1]);
  }
  return MakeStruct(values, names, context);
}

// ---- look-up

ExpressionPtr Contains(const CallContext& context, const Expressions& arguments) {
  const ExpressionPtr& array = arguments[0];
  ExpressionPtr found =
      Native("list_contains", arguments, DataType::Boolean(), AnyNullable(arguments), context);
  if (array->type.contains_null()) {
    found = If(found, BoolConstant(true),
               If(HasNull(array, context), NullConstant(DataType::Boolean()), BoolConstant(false),
                  context),
               context);
  }
  return NullWithAny(arguments, found, context);
}

ExpressionPtr Size(const CallContext& context, const Expressions& arguments) {
  const ExpressionPtr& value = arguments[0];
  ExpressionPtr list = value;
  if (value->type.Is(TypeKind::kMap)) list = CallFunction("map_keys", {value}, context);
  ExpressionPtr count =
      plan::MakeCast(LengthOf(list, context), DataType::Integer(), plan::EvalMode::kAnsi);
  if (context.ansi || !value->nullable) return count;
  return CallFunction("coalesce", {count, IntConstant(-1)}, context);
}

// Elements count from 1; the index is checked in ANSI mode.
ExpressionPtr ElementAt(const CallContext& context, const Expressions& arguments) {
  const ExpressionPtr& value = arguments[0];
  if (value->type.Is(TypeKind::kMap)) {
    return Native("map_extract_value", arguments, value->type.value(), true, context);
  }
  const DataType& element = value->type.element();
  ExpressionPtr index = Coerce(arguments[1], DataType::Integer(), context);
  ExpressionPtr checked =
      Native(context.ansi ? "spark_element_index" : "spark_try_element_index",
             {LengthOf(value, context), index}, DataType::Integer(), true, context);
  bool nullable = !context.ansi || AnyNullable(arguments) || value->type.contains_null();
  return Native("list_extract", {value, checked}, element, nullable, context);
}

ExpressionPtr TryElementAt(const CallContext& context, const Expressions& arguments) {
  CallContext legacy = context;
  legacy.ansi = false;
  return ElementAt(legacy, arguments);
}

// Elements count from 0, NULL beyond.
ExpressionPtr Get(const CallContext& context, const Expressions& arguments) {
  const ExpressionPtr& value = arguments[0];
  ExpressionPtr index = Native("spark_item_index", {LengthOf(value, context), arguments[1]},
                               DataType::Integer(), true, context);
  return Native("list_extract", {value, index}, value->type.element(), true, context);
}

// value[key]: elements count from 0, and the index is checked in ANSI mode.
ExpressionPtr Item(const CallContext& context, const Expressions& arguments) {
  const ExpressionPtr& value = arguments[0];
  if (value->type.Is(TypeKind::kMap)) {
    ExpressionPtr key = Coerce(arguments[1], value->type.key(), context);
    return Native("map_extract_value", {value, key}, value->type.value(), true, context);
  }
  if (!value->type.Is(TypeKind::kArray)) {
    throw errors::UnsupportedFeature("extracting from " + value->type.ToSql());
  }
  ExpressionPtr index = Coerce(arguments[1], DataType::Integer(), context);
  if (!context.ansi) return Get(context, {value, index});
  ExpressionPtr checked = Native("spark_checked_item_index", {LengthOf(value, context), index},
                                 DataType::Integer(), true, context);
  bool nullable = AnyNullable(arguments) || value->type.contains_null();
  return Native("list_extract", {value, checked}, value->type.element(), nullable, context);
}

ExpressionPtr Position(const CallContext& context, const Expressions& arguments) {
  ExpressionPtr found =
      plan::MakeCast(Native("list_position", arguments, DataType::Integer(), true, context),
                     DataType::Long(), plan::EvalMode::kAnsi);
  ExpressionPtr zero = plan::MakeConstant(Literal::Long(0));
  return NullWithAny(arguments, CallFunction("coalesce", {found, zero}, context), context);
}

// ---- whole arrays

ExpressionPtr SortArray(const CallContext& context, const Expressions& arguments) {
  const Value* ascending = arguments.size() > 1 ? ConstantValue(arguments[1]) : nullptr;
  if (arguments.size() > 1 && ascending == nullptr) {
    throw errors::UnsupportedFeature("sort_array with an order that varies");
  }
  bool up = ascending == nullptr || ascending->as_bool();
  if (arguments[0]->type.element().IsNested()) {
    return Native("spark_sort_nested", {arguments[0], BoolConstant(up), BoolConstant(up)},
                  arguments[0]->type, arguments[0]->nullable, context);
  }
  return Native("list_sort",
                {arguments[0], StringConstant(up ? "ASC" : "DESC"),
                 StringConstant(up ? "NULLS FIRST" : "NULLS LAST")},
                arguments[0]->type, arguments[0]->nullable, context);
}

ExpressionPtr ConcatArrays(const CallContext& context, const Expressions& arguments) {
  bool contains_null = false;
  for (const ExpressionPtr& argument : arguments) {
    contains_null = contains_null || argument->type.contains_null();
  }
  DataType type = DataType::Array(arguments[0]->type.element(), contains_null);
  ExpressionPtr out = arguments[0];
  for (size_t i = 1; i < arguments.size(); ++i) {
    out = Native("list_concat", {out, arguments[i]}, type, out->nullable || arguments[i]->nullable,
                 context);
  }
  return NullWithAny(arguments, out, context);
}

ExpressionPtr Flatten(const CallContext& context, const Expressions& arguments) {
  const ExpressionPtr& value = arguments[0];
  const DataType& inner = value->type.element();
  ExpressionPtr flat = Native("flatten", {value}, inner, value->nullable, context);
  if (!value->type.contains_null()) return flat;
  return If(HasNull(value, context), NullConstant(inner), flat, context);
}

// The engine orders arrays and structs otherwise: the first one in Spark's order, NULLs last.
template <bool max>
ExpressionPtr ExtremeElement(const CallContext& context, const Expressions& arguments) {
  const DataType& type = arguments[0]->type;
  if (!type.element().IsNested()) {
    return Native(max ? "list_max" : "list_min", arguments, type.element(), true, context);
  }
  ExpressionPtr sorted =
      Native("spark_sort_nested", {arguments[0], BoolConstant(!max), BoolConstant(false)}, type,
             arguments[0]->nullable, context);
  return Native("list_extract", {sorted, IntConstant(1)}, type.element(), true, context);
}

ExpressionPtr RepeatElement(const CallContext& context, const Expressions& arguments) {
  DataType type = DataType::Array(arguments[0]->type, arguments[0]->nullable);
  return Native("spark_array_repeat", arguments, type, arguments[1]->nullable, context);
}

// ---- lambdas

// The engine hands lambdas a BIGINT index that counts from 1, Spark an INT from 0.
ExpressionPtr WithSparkIndex(const ExpressionPtr& argument, const CallContext& context) {
  const auto* lambda = argument->TryAs<plan::Lambda>();
  if (lambda == nullptr || lambda->parameters.size() < 2) return argument;
  plan::Lambda changed = *lambda;
  changed.parameters[1].type = DataType::Long();
  const plan::ColumnId id = changed.parameters[1].id;
  changed.body = plan::Rewrite(lambda->body, [&](const ExpressionPtr& e) -> ExpressionPtr {
    const auto* column = e->TryAs<plan::ColumnRef>();
    if (column == nullptr || column->id != id) return nullptr;
    ExpressionPtr index = plan::Make(plan::ColumnRef(*column), DataType::Long(), false);
    index = Native("-", {index, plan::MakeConstant(Literal::Long(1))}, DataType::Long(), false,
                   context);
    return plan::MakeCast(index, DataType::Integer(), plan::EvalMode::kLegacy);
  });
  return plan::Make(std::move(changed), argument->type, argument->nullable);
}

ExpressionPtr Transform(const CallContext& context, const Expressions& arguments) {
  const ExpressionPtr& lambda = arguments[1];
  DataType type = DataType::Array(lambda->type, lambda->nullable);
  return Native("list_transform", {arguments[0], WithSparkIndex(lambda, context)}, type,
                arguments[0]->nullable, context);
}

ExpressionPtr Filter(const CallContext& context, const Expressions& arguments) {
  return Native("list_filter", {arguments[0], WithSparkIndex(arguments[1], context)},
                arguments[0]->type, arguments[0]->nullable, context);
}

ExpressionPtr Exists(const CallContext& context, const Expressions& arguments) {
  return Contains(context, {Transform(context, arguments), BoolConstant(true)});
}

ExpressionPtr ForAll(const CallContext& context, const Expressions& arguments) {
  ExpressionPtr broken = Contains(context, {Transform(context, arguments), BoolConstant(false)});
  return CallFunction("not", {broken}, context);
}

constexpr Function kRows[] = {
    {.name = "array",
     .signatures = "(T...) -> array<T>",
     .doc = "An array of the arguments.",
     .means = Rewrite{Array}},
    {.name = "struct",
     .signatures = "(any...) -> any",
     .doc = "A struct of the arguments.",
     .means = Rewrite{Struct}},
    {.name = "named_struct",
     .signatures = "(any, any...) -> any",
     .doc = "A struct of names and values.",
     .means = Rewrite{NamedStruct}},
    {.name = "array_contains",
     .signatures = "(array<T>, T) -> boolean",
     .doc = "Whether the array holds the value.",
     .means = Rewrite{Contains}},
    {.name = "size",
     .aliases = "cardinality",
     .signatures = "(array|map) -> int",
     .doc = "The number of elements.",
     .means = Rewrite{Size}},
    {.name = "array_size",
     .signatures = "(array) -> int",
     .doc = "The number of elements.",
     .means = Rename{"len", true}},
    {.name = "element_at",
     .signatures = "(array<T>, int) -> T; (map<K, V>, K) -> V",
     .doc = "The element at a 1-based index (from the end when negative), or of a key.",
     .means = Rewrite{ElementAt}},
    {.name = "try_element_at",
     .signatures = "(array<T>, int) -> T; (map<K, V>, K) -> V",
     .doc = "As element_at, but NULL for an index that is not there.",
     .means = Rewrite{TryElementAt}},
    {.name = "get",
     .signatures = "(array<T>, int) -> T",
     .doc = "The element at a 0-based index, NULL when it is not there.",
     .means = Rewrite{Get}},
    {.name = "getitem",
     .aliases = "getarrayitem getmapvalue",
     .signatures = "(any, any) -> any",
     .doc = "value[key]: the element at a 0-based index, or of a key.",
     .means = Rewrite{Item}},
    {.name = "array_position",
     .signatures = "(array<T>, T) -> bigint",
     .doc = "The 1-based place of a value, 0 for none.",
     .means = Rewrite{Position}},
    {.name = "sort_array",
     .signatures = "(array [, boolean]) -> any",
     .doc = "The array sorted; NULL is least.",
     .means = Rewrite{SortArray}},
    {.name = "array_concat",
     .signatures = "(T, T...) -> T",
     .doc = "The arrays one after the other.",
     .means = Rewrite{ConcatArrays}},
    {.name = "flatten",
     .signatures = "(array<array<T>>) -> array<T>",
     .doc = "An array of arrays as one.",
     .means = Rewrite{Flatten}},
    {.name = "array_max",
     .signatures = "(array) -> any",
     .doc = "The greatest element.",
     .means = Rewrite{ExtremeElement<true>}},
    {.name = "array_min",
     .signatures = "(array) -> any",
     .doc = "The least element.",
     .means = Rewrite{ExtremeElement<false>}},
    {.name = "array_repeat",
     .signatures = "(any, int) -> any",
     .doc = "So many copies.",
     .means = Rewrite{RepeatElement}},
    {.name = "transform",
     .signatures = "(array, any) -> any",
     .doc = "A function of each element.",
     .means = Rewrite{Transform}},
    {.name = "filter",
     .signatures = "(array, any) -> any",
     .doc = "The elements for which a condition holds.",
     .means = Rewrite{Filter}},
    {.name = "exists",
     .signatures = "(array, any) -> boolean",
     .doc = "Whether a condition holds for an element.",
     .means = Rewrite{Exists}},
    {.name = "forall",
     .signatures = "(array, any) -> boolean",
     .doc = "Whether a condition holds for all elements.",
     .means = Rewrite{ForAll}},
    {.name = "explode",
     .signatures = "(array) -> any; (map) -> any",
     .kind = FunctionClass::kGenerator,
     .doc = "A row an element.",
     .means = Rename{"explode"}},
    {.name = "explode_outer",
     .signatures = "(array) -> any; (map) -> any",
     .kind = FunctionClass::kGenerator,
     .doc = "A row an element, one of NULL when there is none.",
     .means = Rename{"explode_outer"}},
    {.name = "posexplode",
     .signatures = "(array) -> any; (map) -> any",
     .kind = FunctionClass::kGenerator,
     .doc = "A row an element, with its position.",
     .means = Rename{"posexplode"}},
    {.name = "posexplode_outer",
     .signatures = "(array) -> any; (map) -> any",
     .kind = FunctionClass::kGenerator,
     .doc = "As posexplode, a row of NULL when there is no element.",
     .means = Rename{"posexplode_outer"}},
    {.name = "inline",
     .signatures = "(array) -> any",
     .kind = FunctionClass::kGenerator,
     .doc = "A row a struct of the array, a column a field.",
     .means = Rename{"inline"}},
    {.name = "inline_outer",
     .signatures = "(array) -> any",
     .kind = FunctionClass::kGenerator,
     .doc = "As inline, a row of NULLs when there is no element.",
     .means = Rename{"inline_outer"}},
};

}  // namespace

std::span<const Function> CollectionFunctions() { return kRows; }

}  // namespace pyrite::functions
