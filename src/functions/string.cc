// Functions of strings, counted in code points.

#include "functions/build.h"
#include "functions/families.h"

namespace pyrite::functions {
namespace {

using plan::ExpressionPtr;
using plan::Expressions;

ExpressionPtr Substring(const CallContext& context, const Expressions& arguments) {
  bool nullable = AnyNullable(arguments);
  const DataType& type = arguments[0]->type;
  const Value* position = ConstantValue(arguments[1]);
  const Value* length = arguments.size() > 2 ? ConstantValue(arguments[2]) : nullptr;
  bool plain = type.IsString() && position != nullptr && position->as_int() > 0 &&
               (arguments.size() == 2 || (length != nullptr && length->as_int() >= 0));
  return Native(plain ? "substring" : "spark_substring", arguments, type, nullable, context);
}

ExpressionPtr Like(const CallContext& context, const Expressions& arguments) {
  bool nullable = AnyNullable(arguments);
  const Value* pattern = ConstantValue(arguments[1]);
  bool plain = arguments.size() == 2 && pattern != nullptr &&
               pattern->as_string().find('\\') == std::string::npos;
  if (plain) return Native("~~", arguments, DataType::Boolean(), nullable, context);
  Expressions operands = arguments;
  if (operands.size() == 2) operands.push_back(StringConstant("\\"));
  return Native("like_escape", operands, DataType::Boolean(), nullable, context);
}

constexpr Function kRows[] = {
    {.name = "substring", .aliases = "substr",
     .signatures = "(string, int [, int]) -> string; (binary, int [, int]) -> binary",
     .doc = "The part from a 1-based position on (from the end when negative), so many long.",
     .means = Rewrite{Substring}},
    {.name = "like", .signatures = "(string, string [, string]) -> boolean",
     .doc = "Whether the text matches a pattern of % and _.", .means = Rewrite{Like}},
    {.name = "upper", .aliases = "ucase", .signatures = "(string) -> string",
     .doc = "In upper case.", .means = Rename{"upper"}},
    {.name = "lower", .aliases = "lcase", .signatures = "(string) -> string",
     .doc = "In lower case.", .means = Rename{"lower"}},
};

}  // namespace

std::span<const Function> StringFunctions() { return kRows; }

}  // namespace pyrite::functions
