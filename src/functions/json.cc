// Functions of JSON and CSV texts.

#include "base/errors.h"
#include "base/type_json.h"
#include "functions/families.h"
#include "functions/lambda.h"
#include "functions/options.h"
#include "functions/sql_text.h"
#include "sql/parser.h"

namespace pyrite::functions {
namespace {

using plan::ExpressionPtr;
using plan::Expressions;

// ---- parts of JSON texts

ExpressionPtr JsonPart(const ExpressionPtr& text, const ExpressionPtr& key,
                       const CallContext& context) {
  return Native("spark_json_field", {text, key}, DataType::String(), true, context);
}

// json_tuple(text, key, ...): the one row of a generator.
ExpressionPtr JsonTuple(const CallContext& context, const Expressions& arguments) {
  if (arguments.size() < 2) throw errors::WrongNumArgs("json_tuple", "> 1", arguments.size());
  std::vector<StructField> fields;
  Expressions values;
  for (size_t i = 1; i < arguments.size(); ++i) {
    fields.push_back({"c" + std::to_string(i - 1), DataType::String(), true, ""});
    values.push_back(JsonPart(arguments[0], arguments[i], context));
  }
  ExpressionPtr row = Pack(DataType::Struct(std::move(fields)), std::move(values), context);
  return CallFunction("inline", {CallFunction("array", {row}, context)}, context);
}

// ---- from and to structured values

// The type that a constant text names: DDL, or a schema's JSON.
DataType SchemaOf(const ExpressionPtr& argument, bool of_struct) {
  const Value* text = ConstantValue(argument);
  if (text == nullptr || !argument->type.IsString()) {
    throw SparkError("INVALID_SCHEMA.NON_STRING_LITERAL", {{"inputSchema", "\"schema\""}});
  }
  const std::string& schema = text->as_string();
  size_t start = schema.find_first_not_of(" \n\t");
  bool is_json = start != std::string::npos && (schema[start] == '{' || schema[start] == '"');
  DataType type;
  if (is_json) {
    type = TypeFromJson(schema);
  } else {
    try {
      type = sql::ParseDataType(schema);
    } catch (const SparkError&) {
      type = sql::ParseSchema(schema);
    }
  }
  if (of_struct && !type.Is(TypeKind::kStruct)) {
    throw SparkError(
        "INVALID_SCHEMA.NON_STRUCT_TYPE",
        {{"inputSchema", errors::Quoted(schema)}, {"dataType", errors::Quoted(type.ToSql())}});
  }
  return type.AsNullable();
}

template <const char* target, bool of_struct>
ExpressionPtr FromText(const CallContext& context, const Expressions& arguments) {
  DataType type = SchemaOf(arguments[1], of_struct);
  return Native(target,
                {arguments[0], StringConstant(type.ToSql()), OptionsText(arguments, 2, context)},
                type, !of_struct || arguments[0]->nullable, context);
}
constexpr char kFromJson[] = "spark_from_json";
constexpr char kFromCsv[] = "spark_from_csv";

// A line of CSV has arrays, maps and structs as text.
ExpressionPtr WithFlatFields(const ExpressionPtr& value, const CallContext& context) {
  if (!value->type.Is(TypeKind::kStruct)) return value;
  std::vector<StructField> fields = value->type.fields();
  Expressions values;
  bool any = false;
  for (size_t i = 0; i < fields.size(); ++i) {
    values.push_back(Field(value, static_cast<int32_t>(i)));
    if (!fields[i].type.IsNested()) continue;
    any = true;
    fields[i].type = DataType::String();
    values.back() = plan::MakeCast(values.back(), DataType::String(), plan::EvalMode::kAnsi);
  }
  if (!any) return value;
  ExpressionPtr flat = Pack(DataType::Struct(std::move(fields)), std::move(values), context);
  return NullWithAny({value}, flat, context);
}

template <const char* target>
ExpressionPtr ToText(const CallContext& context, const Expressions& arguments) {
  const ExpressionPtr& value = arguments[0];
  bool is_json = std::string_view(target) == "spark_to_json";
  if (!value->type.IsNested() && !(is_json && value->type.Is(TypeKind::kVariant))) {
    throw SparkError("DATATYPE_MISMATCH.INVALID_JSON_SCHEMA",
                     {{"sqlExpr", errors::Quoted(SqlOfCall("to_json", arguments))},
                      {"schema", errors::Quoted(value->type.ToSql())}});
  }
  ExpressionPtr written = is_json ? value : WithFlatFields(value, context);
  return Native(
      target, {written, StringConstant(written->type.ToSql()), OptionsText(arguments, 1, context)},
      DataType::String(), true, context);
}
constexpr char kToJson[] = "spark_to_json";
constexpr char kToCsv[] = "spark_to_csv";

template <const char* target>
ExpressionPtr SchemaOfText(const CallContext& context, const Expressions& arguments) {
  const Value* text = ConstantValue(arguments[0]);
  if (text == nullptr) {
    bool is_json = std::string_view(target) == "spark_schema_of_json";
    throw NotConstant(is_json ? "schema_of_json" : "schema_of_csv", is_json ? "json" : "csv",
                      DataType::String(), arguments, 0);
  }
  return Native(target, {arguments[0], OptionsText(arguments, 1, context)}, DataType::String(),
                false, context);
}
constexpr char kSchemaOfJson[] = "spark_schema_of_json";
constexpr char kSchemaOfCsv[] = "spark_schema_of_csv";

constexpr Function kRows[] = {
    {.name = "get_json_object",
     .signatures = "(string, string) -> string",
     .nulls = NullRule::kAlways,
     .doc = "The part of a JSON text at a path.",
     .means = Kernel{"spark_get_json_object"}},
    {.name = "json_array_length",
     .signatures = "(string) -> int",
     .nulls = NullRule::kAlways,
     .doc = "The number of elements of a JSON array.",
     .means = Kernel{"spark_json_array_length"}},
    {.name = "json_object_keys",
     .signatures = "(string) -> array<string>",
     .nulls = NullRule::kAlways,
     .doc = "The keys of a JSON object.",
     .means = Kernel{"spark_json_object_keys"}},
    {.name = "json_tuple",
     .signatures = "(string, string...) -> any",
     .kind = FunctionClass::kGenerator,
     .doc = "A column a key of a JSON object.",
     .means = Rewrite{JsonTuple}},
    {.name = "from_json",
     .signatures = "(string, string [, any]) -> any",
     .doc = "The value of a JSON text by a schema.",
     .means = Rewrite{FromText<kFromJson, false>}},
    {.name = "to_json",
     .signatures = "(any [, any]) -> string",
     .doc = "The value as a JSON text.",
     .means = Rewrite{ToText<kToJson>}},
    {.name = "schema_of_json",
     .signatures = "(string [, any]) -> string",
     .doc = "The schema of a JSON text.",
     .means = Rewrite{SchemaOfText<kSchemaOfJson>}},
    {.name = "from_csv",
     .signatures = "(string, string [, any]) -> any",
     .doc = "The struct of a CSV text by a schema.",
     .means = Rewrite{FromText<kFromCsv, true>}},
    {.name = "to_csv",
     .signatures = "(struct [, any]) -> string",
     .doc = "The struct as a CSV text.",
     .means = Rewrite{ToText<kToCsv>}},
    {.name = "schema_of_csv",
     .signatures = "(string [, any]) -> string",
     .doc = "The schema of a CSV text.",
     .means = Rewrite{SchemaOfText<kSchemaOfCsv>}},
};

}  // namespace

std::span<const Function> JsonFunctions() { return kRows; }

}  // namespace pyrite::functions
