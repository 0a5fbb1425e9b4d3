// XPath over XML texts.

#include "base/errors.h"
#include "functions/build.h"
#include "functions/families.h"
#include "functions/sql_text.h"

namespace pyrite::functions {
namespace {

using plan::ExpressionPtr;
using plan::Expressions;

// The path must be constant.
void CheckPath(const char* name, const Expressions& arguments) {
  if (arguments[1]->kind() == plan::ExpressionKind::kConstant) return;
  if (arguments[1]->kind() == plan::ExpressionKind::kCast) return;
  throw NotConstant(name, "path", DataType::String(), arguments, 1);
}

template <const char* target, TypeKind kind>
ExpressionPtr Evaluated(const CallContext& context, const Expressions& arguments) {
  constexpr size_t kPrefix = 6;  // spark_
  CheckPath(target + kPrefix, arguments);
  return Native(target, arguments, DataType(kind), true, context);
}

ExpressionPtr Nodes(const CallContext& context, const Expressions& arguments) {
  CheckPath("xpath", arguments);
  return Native("spark_xpath", arguments, DataType::Array(DataType::String(), true), true, context);
}

constexpr char kBoolean[] = "spark_xpath_boolean";
constexpr char kDouble[] = "spark_xpath_double";
constexpr char kFloat[] = "spark_xpath_float";
constexpr char kLong[] = "spark_xpath_long";
constexpr char kInt[] = "spark_xpath_int";
constexpr char kShort[] = "spark_xpath_short";
constexpr char kString[] = "spark_xpath_string";

constexpr Function kRows[] = {
    {.name = "xpath",
     .signatures = "(string, string) -> array<string>",
     .nulls = NullRule::kAlways,
     .doc = "The values of the nodes that an XPath finds in an XML text.",
     .means = Rewrite{Nodes}},
    {.name = "xpath_boolean",
     .signatures = "(string, string) -> boolean",
     .nulls = NullRule::kAlways,
     .doc = "Whether an XPath finds something.",
     .means = Rewrite{Evaluated<kBoolean, TypeKind::kBoolean>}},
    {.name = "xpath_double",
     .aliases = "xpath_number",
     .signatures = "(string, string) -> double",
     .nulls = NullRule::kAlways,
     .doc = "The number that an XPath finds, NaN for none.",
     .means = Rewrite{Evaluated<kDouble, TypeKind::kDouble>}},
    {.name = "xpath_float",
     .signatures = "(string, string) -> float",
     .nulls = NullRule::kAlways,
     .doc = "The number that an XPath finds, NaN for none.",
     .means = Rewrite{Evaluated<kFloat, TypeKind::kFloat>}},
    {.name = "xpath_long",
     .signatures = "(string, string) -> bigint",
     .nulls = NullRule::kAlways,
     .doc = "The number that an XPath finds, 0 for none.",
     .means = Rewrite{Evaluated<kLong, TypeKind::kLong>}},
    {.name = "xpath_int",
     .signatures = "(string, string) -> int",
     .nulls = NullRule::kAlways,
     .doc = "The number that an XPath finds, 0 for none.",
     .means = Rewrite{Evaluated<kInt, TypeKind::kInteger>}},
    {.name = "xpath_short",
     .signatures = "(string, string) -> smallint",
     .nulls = NullRule::kAlways,
     .doc = "The number that an XPath finds, 0 for none.",
     .means = Rewrite{Evaluated<kShort, TypeKind::kShort>}},
    {.name = "xpath_string",
     .signatures = "(string, string) -> string",
     .nulls = NullRule::kAlways,
     .doc = "The text of what an XPath finds first.",
     .means = Rewrite{Evaluated<kString, TypeKind::kString>}},
};

}  // namespace

std::span<const Function> XpathFunctions() { return kRows; }

}  // namespace pyrite::functions
