// Functions of variants, Spark's values of any type.

#include "base/errors.h"
#include "functions/casts.h"
#include "functions/families.h"
#include "functions/lambda.h"
#include "functions/sql_text.h"
#include "sql/parser.h"

namespace pyrite::functions {
namespace {

using plan::ExpressionPtr;
using plan::Expressions;

// Takes texts only: nothing is cast.
template <const char* target>
ExpressionPtr Parsed(const CallContext& context, const Expressions& arguments) {
  const DataType& type = arguments[0]->type;
  if (!type.IsString() && !IsNullType(arguments[0])) {
    constexpr size_t kPrefix = 6;  // spark_
    throw errors::UnexpectedInputType(SqlOfCall(target + kPrefix, arguments), "first", "\"STRING\"",
                                      SqlOf(*arguments[0]), type.ToSql());
  }
  bool lenient = std::string_view(target) == "spark_try_parse_json";
  return Native(target, {Coerce(arguments[0], DataType::String(), context)}, DataType::Variant(),
                lenient || arguments[0]->nullable, context);
}
constexpr char kParse[] = "spark_parse_json";
constexpr char kTryParse[] = "spark_try_parse_json";

// variant_get(variant, path [, type])
ExpressionPtr Get(const char* name, plan::EvalMode mode, const CallContext& context,
                  const Expressions& arguments) {
  DataType type = DataType::Variant();
  if (arguments.size() > 2) {
    const Value* text = ConstantValue(arguments[2]);
    if (text == nullptr || !arguments[2]->type.IsString()) {
      throw SparkError("INVALID_SCHEMA.NON_STRING_LITERAL",
                       {{"inputSchema", errors::Quoted(SqlOf(*arguments[2]))}});
    }
    type = sql::ParseDataType(text->as_string());
  }
  ExpressionPtr part =
      Native("spark_variant_extract", {arguments[0], arguments[1], StringConstant(name)},
             DataType::Variant(), true, context);
  if (type.Is(TypeKind::kVariant)) return part;
  ExpressionPtr cast = plan::MakeCast(part, type, mode);
  return plan::Make(plan::Cast(cast->As<plan::Cast>()), type, true, context.query_context);
}

ExpressionPtr VariantGet(const CallContext& context, const Expressions& arguments) {
  return Get("variant_get", plan::EvalMode::kAnsi, context, arguments);
}

ExpressionPtr TryVariantGet(const CallContext& context, const Expressions& arguments) {
  return Get("try_variant_get", plan::EvalMode::kTry, context, arguments);
}

ExpressionPtr IsVariantNull(const CallContext& context, const Expressions& arguments) {
  ExpressionPtr test =
      Native("spark_is_variant_null", arguments, DataType::Boolean(), true, context);
  return Native("coalesce", {test, BoolConstant(false)}, DataType::Boolean(), false, context);
}

ExpressionPtr ToVariant(const CallContext& context, const Expressions& arguments) {
  if (!arguments[0]->type.IsNested()) {
    throw ForbiddenCast(SqlOfCall("to_variant_object", arguments), arguments[0]->type,
                        DataType::Variant(), plan::EvalMode::kLegacy);
  }
  return plan::MakeCast(arguments[0], DataType::Variant(), ModeOf(context));
}

// The bytes that a variant consists of.
ExpressionPtr PartOf(const ExpressionPtr& variant, int place, const CallContext& context) {
  return Native("struct_extract_at", {variant, plan::MakeConstant(Literal::Long(place))},
                DataType::Binary(), true, context);
}

ExpressionPtr SchemaOfRows(const CallContext& context, const Expressions& arguments) {
  return NativeAggregate("spark_schema_of_variant_agg",
                         {PartOf(arguments[0], 1, context), PartOf(arguments[0], 2, context)},
                         DataType::String(), false, context);
}

template <const char* generator>
ExpressionPtr Explode(const CallContext& context, const Expressions& arguments) {
  DataType item = DataType::Struct({{"pos", DataType::Integer(), false, ""},
                                    {"key", DataType::String(), true, ""},
                                    {"value", DataType::Variant(), false, ""}});
  ExpressionPtr items =
      Native("spark_variant_items", arguments, DataType::Array(item, false), true, context);
  return CallFunction(generator, {items}, context);
}
constexpr char kInline[] = "inline";
constexpr char kInlineOuter[] = "inline_outer";

constexpr Function kRows[] = {
    {.name = "parse_json",
     .signatures = "(any) -> variant",
     .doc = "The variant of a JSON text.",
     .means = Rewrite{Parsed<kParse>}},
    {.name = "try_parse_json",
     .signatures = "(any) -> variant",
     .nulls = NullRule::kAlways,
     .doc = "As parse_json, NULL for what is no JSON.",
     .means = Rewrite{Parsed<kTryParse>}},
    {.name = "variant_get",
     .signatures = "(variant, string [, string]) -> any",
     .nulls = NullRule::kAlways,
     .doc = "What is at a path in a variant, as a type.",
     .means = Rewrite{VariantGet}},
    {.name = "try_variant_get",
     .signatures = "(variant, string [, string]) -> any",
     .nulls = NullRule::kAlways,
     .doc = "As variant_get, NULL for what cannot be cast.",
     .means = Rewrite{TryVariantGet}},
    {.name = "is_variant_null",
     .signatures = "(variant) -> boolean",
     .nulls = NullRule::kNever,
     .doc = "Whether a variant is a null of its own.",
     .means = Rewrite{IsVariantNull}},
    {.name = "is_valid_variant",
     .signatures = "(variant) -> boolean",
     .doc = "Whether a variant's bytes can be read.",
     .means = Kernel{"spark_is_valid_variant"}},
    {.name = "to_variant_object",
     .signatures = "(any) -> variant",
     .doc = "The variant of an array, map or struct.",
     .means = Rewrite{ToVariant}},
    {.name = "schema_of_variant",
     .signatures = "(variant) -> string",
     .doc = "The types inside a variant.",
     .means = Kernel{"spark_schema_of_variant"}},
    {.name = "schema_of_variant_agg",
     .signatures = "(variant) -> string",
     .kind = FunctionClass::kAggregate,
     .nulls = NullRule::kNever,
     .doc = "The types inside all variants.",
     .means = Rewrite{SchemaOfRows}},
    {.name = "variant_explode",
     .signatures = "(variant) -> any",
     .kind = FunctionClass::kGenerator,
     .doc = "A row an element of a variant's array, or a field of its object.",
     .means = Rewrite{Explode<kInline>}},
    {.name = "variant_explode_outer",
     .signatures = "(variant) -> any",
     .kind = FunctionClass::kGenerator,
     .doc = "As variant_explode, a row of NULLs when there is none.",
     .means = Rewrite{Explode<kInlineOuter>}},
};

}  // namespace

std::span<const Function> VariantFunctions() { return kRows; }

}  // namespace pyrite::functions
