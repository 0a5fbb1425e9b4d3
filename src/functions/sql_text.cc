#include "functions/sql_text.h"

#include "base/errors.h"
#include "functions/registry.h"

namespace pyrite::functions {
namespace {

std::string Upper(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(c));
  return text;
}

std::string Join(const plan::Expressions& items, size_t from = 0) {
  std::string out;
  for (size_t i = from; i < items.size(); ++i) out += (i > from ? ", " : "") + SqlOf(*items[i]);
  return out;
}

std::string CaseText(const plan::Expressions& items) {
  std::string out = "CASE";
  size_t i = 0;
  for (; i + 1 < items.size(); i += 2) {
    out += " WHEN " + SqlOf(*items[i]) + " THEN " + SqlOf(*items[i + 1]);
  }
  if (i < items.size()) out += " ELSE " + SqlOf(*items[i]);
  return out + " END";
}

std::string CaseText(const plan::Case& node) {
  plan::Expressions items;
  for (const auto& [condition, value] : node.branches) {
    items.push_back(condition);
    items.push_back(value);
  }
  if (node.otherwise) items.push_back(node.otherwise);
  return CaseText(items);
}

bool IsWord(const std::string& name) {
  return std::isalpha(static_cast<unsigned char>(name[0])) || name[0] == '_';
}

}  // namespace

std::string SqlOfCall(const std::string& name, const plan::Expressions& arguments) {
  if (name == "when") return CaseText(arguments);
  if (name == "if") return "(IF(" + Join(arguments) + "))";
  if (name == "in" && !arguments.empty()) {
    return "(" + SqlOf(*arguments[0]) + " IN (" + Join(arguments, 1) + "))";
  }
  if (arguments.size() == 1) {
    std::string child = SqlOf(*arguments[0]);
    if (name == "not") return "(NOT " + child + ")";
    if (name == "~") return "~" + child;
    if (name == "negative") return "(- " + child + ")";
    if (name == "isnull") return "(" + child + " IS NULL)";
    if (name == "isnotnull") return "(" + child + " IS NOT NULL)";
  }
  if (arguments.size() == 2) {
    bool infix = !IsWord(name) || name == "and" || name == "or" || name == "div";
    std::string shown = name == "==" ? "=" : name == "div" ? name : Upper(name);
    if (infix) return "(" + SqlOf(*arguments[0]) + " " + shown + " " + SqlOf(*arguments[1]) + ")";
  }
  return name + "(" + Join(arguments) + ")";
}

std::string SqlOf(const plan::Expression& expression) {
  switch (expression.kind()) {
    case plan::ExpressionKind::kConstant: {
      Literal literal{expression.type, expression.As<plan::Constant>().value};
      if (literal.value.is_null()) return "NULL";
      bool plain = literal.type.IsString() || literal.type.IsNumeric();
      return plain ? literal.ToString() : literal.ToSql();
    }
    case plan::ExpressionKind::kColumnRef: return expression.As<plan::ColumnRef>().name;
    case plan::ExpressionKind::kCall: {
      const auto& call = expression.As<plan::Call>();
      return SqlOfCall(call.function->name, call.arguments);
    }
    case plan::ExpressionKind::kAggregateCall: {
      const auto& call = expression.As<plan::AggregateCall>();
      return SqlOfCall(call.function->name, call.arguments);
    }
    case plan::ExpressionKind::kWindowCall: {
      const auto& call = expression.As<plan::WindowCall>();
      return SqlOfCall(call.function->name, call.arguments);
    }
    case plan::ExpressionKind::kCast:
      return "CAST(" + SqlOf(*expression.As<plan::Cast>().child) + " AS " +
             expression.type.ToSql() + ")";
    case plan::ExpressionKind::kCase: return CaseText(expression.As<plan::Case>());
    case plan::ExpressionKind::kGetField: {
      const auto& node = expression.As<plan::GetField>();
      return SqlOf(*node.child) + "." + node.child->type.fields()[node.ordinal].name;
    }
    case plan::ExpressionKind::kLambda:
      return "lambdafunction(" + SqlOf(*expression.As<plan::Lambda>().body) + ")";
    case plan::ExpressionKind::kPythonCall:
      return expression.As<plan::PythonCall>().function->name + "(" +
             Join(expression.As<plan::PythonCall>().arguments) + ")";
    case plan::ExpressionKind::kScalarSubquery: return "scalarsubquery()";
    case plan::ExpressionKind::kInSubquery:
      return "(" + Join(expression.As<plan::InSubquery>().values) + " IN (listquery()))";
    case plan::ExpressionKind::kExistsSubquery: return "exists()";
  }
  return "";
}

SparkError NotConstant(const char* function, const char* parameter, const DataType& type,
                       const plan::Expressions& arguments, size_t place) {
  return SparkError("DATATYPE_MISMATCH.NON_FOLDABLE_INPUT",
                    {{"sqlExpr", errors::Quoted(SqlOfCall(function, arguments))},
                     {"inputName", errors::QuoteName({parameter})},
                     {"inputType", errors::Quoted(type.ToSql())},
                     {"inputExpr", errors::Quoted(SqlOf(*arguments[place]))}});
}

SparkError NotFoldable(const char* function, const char* parameter, const DataType& type) {
  return SparkError("NON_FOLDABLE_ARGUMENT", {{"funcName", errors::QuoteName({function})},
                                              {"paramName", errors::QuoteName({parameter})},
                                              {"paramType", errors::Quoted(type.ToSql())}});
}

}  // namespace pyrite::functions
