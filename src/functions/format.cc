// Functions that write values as text by a format, and pick among texts.

#include "base/errors.h"
#include "functions/build.h"
#include "functions/families.h"
#include "functions/sql_text.h"

namespace pyrite::functions {
namespace {

using plan::ExpressionPtr;
using plan::Expressions;

ExpressionPtr FormatNumber(const CallContext& context, const Expressions& arguments) {
  ExpressionPtr value = arguments[0];
  const char* target = "spark_format_decimal";
  if (value->type.Is(TypeKind::kDouble) || value->type.Is(TypeKind::kFloat)) {
    target = "spark_format_number";
    value = Coerce(value, DataType::Double(), context);
  } else if (value->type.IsIntegral()) {
    value = Coerce(value, DataType::Decimal(19, 0), context);
  }
  return Native(target, {value, arguments[1]}, DataType::String(), true, context);
}

ExpressionPtr FormatString(const CallContext& context, const Expressions& arguments) {
  return Native("spark_format_string", arguments, DataType::String(), arguments[0]->nullable,
                context);
}

// elt(n, text, ...): the n-th text; beyond them an error in ANSI mode.
ExpressionPtr PickText(const CallContext& context, const Expressions& arguments) {
  if (arguments.size() < 2) throw errors::WrongNumArgs("elt", "> 1", arguments.size());
  bool binary = true;
  for (size_t i = 1; i < arguments.size(); ++i) {
    binary = binary && arguments[i]->type.Is(TypeKind::kBinary);
  }
  DataType type = binary ? DataType::Binary() : DataType::String();
  ExpressionPtr index = Coerce(arguments[0], DataType::Integer(), context);
  ExpressionPtr size =
      plan::MakeConstant(Literal::Long(static_cast<int64_t>(arguments.size()) - 1));
  const char* check = context.ansi ? "spark_checked_elt_index" : "spark_try_elt_index";
  ExpressionPtr checked = Native(check, {size, index}, DataType::Integer(), true, context);
  Expressions branches;
  for (size_t i = 1; i < arguments.size(); ++i) {
    branches.push_back(Native("=", {checked, IntConstant(static_cast<int64_t>(i))},
                              DataType::Boolean(), true, context));
    branches.push_back(Coerce(arguments[i], type, context));
  }
  return CallFunction("when", branches, context);
}

ExpressionPtr Sentences(const CallContext& context, const Expressions& arguments) {
  DataType words = DataType::Array(DataType::String(), false);
  return Native("spark_sentences", {arguments[0]}, DataType::Array(words, false), true, context);
}

// ---- numbers and texts by a format of 9, 0, D, G, S, MI, PR

ExpressionPtr FormatConstant(const char* name, const Expressions& arguments) {
  if (ConstantValue(arguments[1]) != nullptr) return arguments[1];
  throw NotConstant(name, "format", DataType::String(), arguments, 1);
}

// The decimal type of what a number format reads.
DataType TypeOfFormat(const std::string& format) {
  int whole = 0, fraction = 0;
  bool behind = false;
  for (char c : format) {
    if (c == '.' || c == 'D' || c == 'd') behind = true;
    if (c == '0' || c == '9') ++(behind ? fraction : whole);
  }
  return DataType::Decimal(std::max(whole + fraction, 1), fraction);
}

template <bool lenient>
ExpressionPtr ToNumber(const CallContext& context, const Expressions& arguments) {
  ExpressionPtr format = FormatConstant("to_number", arguments);
  DataType type = TypeOfFormat(ConstantValue(format)->as_string());
  ExpressionPtr text =
      Native(lenient ? "spark_try_to_number" : "spark_to_number", {arguments[0], format},
             DataType::String(), lenient || arguments[0]->nullable, context);
  if (!lenient) {  // what follows the format fits the type
    return plan::Make(plan::Cast{text, plan::EvalMode::kAnsi}, type, text->nullable);
  }
  return plan::MakeCast(text, type, lenient ? plan::EvalMode::kTry : plan::EvalMode::kAnsi);
}

ExpressionPtr ToText(const CallContext& context, const Expressions& arguments) {
  const ExpressionPtr& value = arguments[0];
  if (value->type.IsDatetime()) return CallFunction("date_format", arguments, context);
  if (value->type.Is(TypeKind::kBinary)) {
    ExpressionPtr format = FormatConstant("to_char", arguments);
    std::string name = ConstantValue(format)->as_string();
    for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (name == "base64") return CallFunction("base64", {value}, context);
    if (name == "hex") return CallFunction("hex", {value}, context);
    if (name == "utf-8") return CallFunction("decode", {value, StringConstant("UTF-8")}, context);
    throw SparkError("INVALID_PARAMETER_VALUE.BINARY_FORMAT",
                     {{"functionName", "`to_char`"},
                      {"parameter", "`format`"},
                      {"invalidFormat", "'" + ConstantValue(format)->as_string() + "'"}});
  }
  ExpressionPtr format = FormatConstant("to_char", arguments);
  ExpressionPtr text = plan::MakeCast(value, DataType::String(), ModeOf(context));
  if (value->type.Is(TypeKind::kDouble) || value->type.Is(TypeKind::kFloat)) {
    text = plan::MakeCast(plan::MakeCast(value, DataType::Decimal(38, 18), ModeOf(context)),
                          DataType::String(), ModeOf(context));
  }
  bool nullable =
      value->nullable || value->type.Is(TypeKind::kDouble) || value->type.Is(TypeKind::kFloat);
  return Native("spark_to_char", {text, format}, DataType::String(), nullable, context);
}

constexpr Function kRows[] = {
    {.name = "format_number",
     .signatures = "(numeric, int|string) -> string",
     .doc = "The number in groups of three digits, with so many places or by a pattern.",
     .means = Rewrite{FormatNumber}},
    {.name = "format_string",
     .aliases = "printf",
     .signatures = "(string, any...) -> string",
     .doc = "The values in the places that a format of Java's Formatter names.",
     .means = Rewrite{FormatString}},
    {.name = "elt",
     .signatures = "(int, any...) -> any",
     .doc = "The text of a 1-based number.",
     .means = Rewrite{PickText}},
    {.name = "sentences",
     .signatures = "(string [, string, string]) -> any",
     .doc = "The words of each sentence.",
     .means = Rewrite{Sentences}},
    {.name = "to_number",
     .signatures = "(string, string) -> any",
     .doc = "The number of a text by a format.",
     .means = Rewrite{ToNumber<false>}},
    {.name = "try_to_number",
     .signatures = "(string, string) -> any",
     .doc = "As to_number, NULL for a text that does not follow the format.",
     .means = Rewrite{ToNumber<true>}},
    {.name = "to_char",
     .aliases = "to_varchar",
     .signatures = "(numeric|date|timestamp|timestamp_ntz|binary, string) -> string",
     .doc = "The number, moment or bytes as text by a format.",
     .means = Rewrite{ToText}},
};

}  // namespace

std::span<const Function> FormatFunctions() { return kRows; }

}  // namespace pyrite::functions
