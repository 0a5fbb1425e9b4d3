// Functions of maps.

#include "base/errors.h"
#include "functions/families.h"
#include "functions/lambda.h"
#include "functions/sql_text.h"

namespace pyrite::functions {
namespace {

using plan::ExpressionPtr;
using plan::Expressions;

DataType EntryOf(const DataType& map) {
  return DataType::Struct({{"key", map.key(), false}, {"value", map.value(), map.contains_null()}});
}

ExpressionPtr Entries(const ExpressionPtr& map, const CallContext& context) {
  return Native("map_entries", {map}, DataType::Array(EntryOf(map->type), false), map->nullable,
                context);
}

ExpressionPtr FromEntries(const ExpressionPtr& entries, const DataType& type, bool nullable,
                          const CallContext& context) {
  return Native("spark_map_from_entries", {entries, BoolConstant(context.last_map_key_wins)}, type,
                nullable, context);
}

// ---- construction

ExpressionPtr MakeMap(const CallContext& context, const Expressions& arguments) {
  if (arguments.size() % 2 == 1) throw errors::WrongNumArgs("map", "2n (n > 0)", arguments.size());
  Expressions keys, values;
  for (size_t i = 0; i + 1 < arguments.size(); i += 2) {
    keys.push_back(arguments[i]);
    values.push_back(arguments[i + 1]);
  }
  if (keys.empty()) {
    DataType type = DataType::Map(DataType::Null(), DataType::Null(), false);
    return plan::MakeConstant({type, Value(Values{})});
  }
  return CallFunction(
      "map_from_arrays",
      {CallFunction("array", keys, context), CallFunction("array", values, context)}, context);
}

ExpressionPtr MapFromArrays(const CallContext& context, const Expressions& arguments) {
  const DataType& keys = arguments[0]->type;
  const DataType& values = arguments[1]->type;
  DataType type = DataType::Map(keys.element(), values.element(), values.contains_null());
  return Native("spark_map_from_arrays",
                {arguments[0], arguments[1], BoolConstant(context.last_map_key_wins)}, type,
                AnyNullable(arguments), context);
}

ExpressionPtr MapFromEntries(const CallContext& context, const Expressions& arguments) {
  const ExpressionPtr& entries = arguments[0];
  const DataType& pair = entries->type.element();
  if (!pair.Is(TypeKind::kStruct) || pair.fields().size() != 2) {
    throw errors::UnexpectedInputType("map_from_entries", "first", "\"ARRAY\" of pair \"STRUCT\"",
                                      "", entries->type.ToSql());
  }
  const std::vector<StructField>& fields = pair.fields();
  DataType type = DataType::Map(fields[0].type, fields[1].type, fields[1].nullable);
  bool nullable = entries->nullable || entries->type.contains_null();
  return FromEntries(entries, type, nullable, context);
}

ExpressionPtr MapConcat(const CallContext& context, const Expressions& arguments) {
  if (arguments.empty()) {
    DataType type = DataType::Map(DataType::String(), DataType::String(), false);
    return plan::MakeConstant({type, Value(Values{})});
  }
  for (const ExpressionPtr& map : arguments) {
    const auto* cast = map->TryAs<plan::Cast>();
    const auto* constant = map->TryAs<plan::Constant>();
    bool untyped = (cast != nullptr && IsNullType(cast->child)) ||
                   (constant != nullptr && constant->value.is_null());
    if (map->type.Is(TypeKind::kMap) && !untyped) continue;
    throw SparkError("DATATYPE_MISMATCH.MAP_CONCAT_DIFF_TYPES",
                     {{"sqlExpr", errors::Quoted(SqlOfCall("map_concat", arguments))},
                      {"functionName", "`map_concat`"},
                      {"dataType", errors::Quoted(map->type.ToSql())}});
  }
  bool nulls = false;
  for (const ExpressionPtr& map : arguments) nulls = nulls || map->type.contains_null();
  const DataType& first = arguments[0]->type;
  DataType type = DataType::Map(first.key(), first.value(), nulls);
  Expressions all;
  for (const ExpressionPtr& map : arguments) all.push_back(Entries(map, context));
  return FromEntries(CallFunction("array_concat", all, context), type, AnyNullable(arguments),
                     context);
}

// str_to_map(text [, between pairs [, between key and value]])
ExpressionPtr TextToMap(const CallContext& context, const Expressions& arguments) {
  ExpressionPtr pair_end = arguments.size() > 1 ? arguments[1] : StringConstant(",");
  ExpressionPtr key_end = arguments.size() > 2 ? arguments[2] : StringConstant(":");
  ExpressionPtr pairs = CallFunction("split", {arguments[0], pair_end, IntConstant(-1)}, context);
  plan::Column item = Parameter("pair", DataType::String(), false);
  ExpressionPtr parts =
      CallFunction("split", {plan::MakeRef(item), key_end, IntConstant(2)}, context);
  DataType entry =
      DataType::Struct({{"key", DataType::String(), false}, {"value", DataType::String(), true}});
  ExpressionPtr key = CallFunction("get", {parts, IntConstant(0)}, context);
  ExpressionPtr value = CallFunction("get", {parts, IntConstant(1)}, context);
  ExpressionPtr entries =
      Native("list_transform", {pairs, MakeLambda({item}, Pack(entry, {key, value}, context))},
             DataType::Array(entry, false), pairs->nullable, context);
  DataType type = DataType::Map(DataType::String(), DataType::String(), true);
  ExpressionPtr map = FromEntries(entries, type, AnyNullable(arguments), context);
  return NullWithAny({key_end}, std::move(map), context);
}

// ---- parts

ExpressionPtr MapKeys(const CallContext& context, const Expressions& arguments) {
  DataType type = DataType::Array(arguments[0]->type.key(), false);
  return Native("map_keys", arguments, type, arguments[0]->nullable, context);
}

ExpressionPtr MapValues(const CallContext& context, const Expressions& arguments) {
  const DataType& map = arguments[0]->type;
  DataType type = DataType::Array(map.value(), map.contains_null());
  return Native("map_values", arguments, type, arguments[0]->nullable, context);
}

ExpressionPtr MapEntries(const CallContext& context, const Expressions& arguments) {
  return Entries(arguments[0], context);
}

// ---- lambdas, by way of the entries

ExpressionPtr MapFilter(const CallContext& context, const Expressions& arguments) {
  const ExpressionPtr& map = arguments[0];
  DataType entry = EntryOf(map->type);
  plan::Column item = Parameter("entry", entry, false);
  ExpressionPtr reference = plan::MakeRef(item);
  ExpressionPtr body = Apply(LambdaOf(arguments[1]), {Field(reference, 0), Field(reference, 1)});
  ExpressionPtr kept = Native("list_filter", {Entries(map, context), MakeLambda({item}, body)},
                              DataType::Array(entry, false), map->nullable, context);
  return FromEntries(kept, map->type, map->nullable, context);
}

ExpressionPtr TransformEntries(bool keys, const Expressions& arguments,
                               const CallContext& context) {
  const ExpressionPtr& map = arguments[0];
  plan::Column item = Parameter("entry", EntryOf(map->type), false);
  ExpressionPtr key = Field(plan::MakeRef(item), 0), value = Field(plan::MakeRef(item), 1);
  ExpressionPtr made = Apply(LambdaOf(arguments[1]), {key, value});
  (keys ? key : value) = made;
  bool nulls = keys ? map->type.contains_null() : made->nullable;
  DataType type = DataType::Map(key->type, value->type, nulls);
  DataType entry = EntryOf(type);
  ExpressionPtr changed =
      Native("list_transform",
             {Entries(map, context), MakeLambda({item}, Pack(entry, {key, value}, context))},
             DataType::Array(entry, false), map->nullable, context);
  return FromEntries(changed, type, map->nullable, context);
}

ExpressionPtr TransformValues(const CallContext& context, const Expressions& arguments) {
  return TransformEntries(false, arguments, context);
}

ExpressionPtr TransformKeys(const CallContext& context, const Expressions& arguments) {
  return TransformEntries(true, arguments, context);
}

// map_zip_with(map, map, (key, value, value) -> value): over the keys of both.
ExpressionPtr ZipMaps(const CallContext& context, const Expressions& arguments) {
  const plan::Lambda& lambda = LambdaOf(arguments[2]);
  ExpressionPtr left = arguments[0], right = arguments[1];
  ExpressionPtr keys =
      CallFunction("array_union", {MapKeys(context, {left}), MapKeys(context, {right})}, context);
  plan::Column item = Parameter("key", keys->type.element(), false);
  ExpressionPtr key = plan::MakeRef(item);
  Expressions values{key};
  for (const ExpressionPtr& map : {left, right}) {
    values.push_back(Native("map_extract_value", {map, key}, map->type.value(), true, context));
  }
  ExpressionPtr made = Apply(lambda, values);
  DataType type = DataType::Map(key->type, made->type, made->nullable);
  DataType entry = EntryOf(type);
  ExpressionPtr entries =
      Native("list_transform", {keys, MakeLambda({item}, Pack(entry, {key, made}, context))},
             DataType::Array(entry, false), keys->nullable, context);
  return FromEntries(entries, type, AnyNullable({left, right}), context);
}

constexpr Function kRows[] = {
    {.name = "map",
     .signatures = "(any...) -> any",
     .doc = "A map of keys and values.",
     .means = Rewrite{MakeMap}},
    {.name = "map_from_arrays",
     .signatures = "(array, array) -> any",
     .doc = "A map of an array of keys and one of values.",
     .means = Rewrite{MapFromArrays}},
    {.name = "map_from_entries",
     .signatures = "(array) -> any",
     .doc = "A map of an array of key and value pairs.",
     .means = Rewrite{MapFromEntries}},
    {.name = "map_concat",
     .signatures = "(T...) -> T",
     .doc = "The entries of all maps.",
     .means = Rewrite{MapConcat}},
    {.name = "str_to_map",
     .signatures = "(string [, string, string]) -> any",
     .doc = "The keys and values between delimiters, which are regular expressions.",
     .means = Rewrite{TextToMap}},
    {.name = "map_keys",
     .signatures = "(map) -> any",
     .doc = "The keys.",
     .means = Rewrite{MapKeys}},
    {.name = "map_values",
     .signatures = "(map) -> any",
     .doc = "The values.",
     .means = Rewrite{MapValues}},
    {.name = "map_entries",
     .signatures = "(map) -> any",
     .doc = "The keys and values as structs.",
     .means = Rewrite{MapEntries}},
    {.name = "map_contains_key",
     .signatures = "(map<K, V>, K) -> boolean",
     .nulls = NullRule::kAlways,
     .doc = "Whether the map holds a key.",
     .means = Rename{"map_contains"}},
    {.name = "map_filter",
     .signatures = "(map, any) -> any",
     .doc = "The entries for which a condition holds.",
     .means = Rewrite{MapFilter}},
    {.name = "transform_values",
     .signatures = "(map, any) -> any",
     .doc = "The map with a function of each entry as value.",
     .means = Rewrite{TransformValues}},
    {.name = "transform_keys",
     .signatures = "(map, any) -> any",
     .doc = "The map with a function of each entry as key.",
     .means = Rewrite{TransformKeys}},
    {.name = "map_zip_with",
     .signatures = "(map<K, V>, map<K, W>, any) -> any",
     .doc = "A function of the values of both maps for each key of either.",
     .means = Rewrite{ZipMaps}},
};

}  // namespace

std::span<const Function> MapFunctions() { return kRows; }

}  // namespace pyrite::functions
