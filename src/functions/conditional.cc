// Functions that choose among their arguments.

#include "base/errors.h"
#include "functions/build.h"
#include "functions/families.h"
#include "functions/sql_text.h"

namespace pyrite::functions {
namespace {

using plan::ExpressionPtr;
using plan::Expressions;

DataType CommonType(const char* name, const Expressions& values, const Expressions& arguments,
                    const CallContext& context) {
  std::vector<DataType> types;
  for (const ExpressionPtr& value : values) types.push_back(value->type);
  if (auto type = WiderType(types, context.ansi)) return *type;
  bool is_coalesce = std::string_view(name) == "coalesce";
  std::string list;
  for (const DataType& type : types) {
    if (!list.empty()) list += is_coalesce ? " or " : ", ";
    list += errors::Quoted(type.ToSql());
  }
  list = is_coalesce ? "(" + list + ")" : "[" + list + "]";
  std::string function = std::string(name) == "when" ? "casewhen" : name;
  throw errors::DataDiffTypes(SqlOfCall(name, arguments), errors::QuoteName({function}), list);
}

ExpressionPtr Condition(const char* name, size_t index, const Expressions& arguments,
                        const CallContext& context) {
  const ExpressionPtr& condition = arguments[index];
  bool is_string = condition->type.IsString() && context.ansi;
  bool is_null = IsNullType(condition) && std::string_view(name) == "if";
  if (condition->type.Is(TypeKind::kBoolean) || is_null || is_string) {
    return Coerce(condition, DataType::Boolean(), context);
  }
  constexpr const char* kOrdinals[] = {"first", "second", "third", "fourth", "fifth"};
  throw errors::UnexpectedInputType(SqlOfCall(name, arguments),
                                    kOrdinals[std::min<size_t>(index / 2, 4)], "\"BOOLEAN\"",
                                    SqlOf(*condition), condition->type.ToSql());
}

// arguments: condition, value, ..., [otherwise]
ExpressionPtr MakeCase(const char* name, const Expressions& arguments, const CallContext& context) {
  Expressions values;
  bool has_otherwise = arguments.size() % 2 == 1;
  for (size_t i = 1; i < arguments.size(); i += 2) values.push_back(arguments[i]);
  if (has_otherwise) values.push_back(arguments.back());
  DataType type = CommonType(name, values, arguments, context);
  plan::Case node;
  bool nullable = !has_otherwise;
  for (size_t i = 0; i + 1 < arguments.size(); i += 2) {
    ExpressionPtr value = Coerce(arguments[i + 1], type, context);
    nullable = nullable || value->nullable;
    node.branches.emplace_back(Condition(name, i, arguments, context), std::move(value));
  }
  if (has_otherwise) {
    node.otherwise = Coerce(arguments.back(), type, context);
    nullable = nullable || node.otherwise->nullable;
  }
  return plan::Make(std::move(node), type, nullable, context.query_context);
}

ExpressionPtr When(const CallContext& context, const Expressions& arguments) {
  return MakeCase("when", arguments, context);
}

ExpressionPtr If(const CallContext& context, const Expressions& arguments) {
  return MakeCase("if", arguments, context);
}

ExpressionPtr Coalesce(const CallContext& context, const Expressions& arguments) {
  DataType type = CommonType("coalesce", arguments, arguments, context);
  Expressions values;
  bool nullable = true;
  for (const ExpressionPtr& argument : arguments) {
    values.push_back(Coerce(argument, type, context));
    nullable = nullable && argument->nullable;
  }
  if (values.size() == 1) return values[0];
  return Native("coalesce", std::move(values), type, nullable, context);
}

constexpr Function kRows[] = {
    {.name = "when",
     .aliases = "case",
     .signatures = "(any, any, any...) -> any",
     .doc = "CASE WHEN: the value of the first condition that holds.",
     .means = Rewrite{When}},
    {.name = "if",
     .signatures = "(any, any, any) -> any",
     .doc = "The second argument when the first holds, else the third.",
     .means = Rewrite{If}},
    {.name = "coalesce",
     .signatures = "(any, any...) -> any",
     .doc = "The first argument that is not NULL.",
     .means = Rewrite{Coalesce}},
    {.name = "ifnull",
     .aliases = "nvl",
     .signatures = "(any, any) -> any",
     .doc = "The second argument when the first is NULL.",
     .means = Rewrite{Coalesce}},
    {.name = "nvl2",
     .signatures = "(any, any, any) -> void",
     .doc = "The second argument when the first is not NULL, else the third.",
     .means = Body{"if(_1 IS NOT NULL, _2, _3)"}},
    {.name = "nullif",
     .signatures = "(any, any) -> void",
     .doc = "NULL when both are equal, else the first.",
     .means = Body{"if(_1 = _2, NULL, _1)"}},
    {.name = "nullifzero",
     .signatures = "(any) -> void",
     .doc = "NULL for 0, else the argument.",
     .means = Body{"if(_1 = 0, NULL, _1)"}},
    {.name = "zeroifnull",
     .signatures = "(any) -> void",
     .doc = "0 for NULL, else the argument.",
     .means = Body{"coalesce(_1, 0)"}},
};

}  // namespace

std::span<const Function> ConditionalFunctions() { return kRows; }

}  // namespace pyrite::functions
