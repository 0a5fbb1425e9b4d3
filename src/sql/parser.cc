#include "sql/parser.h"

#include "sql/grammar.h"

namespace pyrite::sql {

spec::ExpressionPtr Grammar::WholeExpression() {
  spec::ExpressionPtr expression = NamedExpression();
  if (!At(TokenKind::kEnd)) ExtraInput();
  return expression;
}

std::vector<std::string> Grammar::WholeName() {
  Names parts = MultipartIdentifier();
  if (!At(TokenKind::kEnd)) ExtraInput();
  return parts;
}

DataType Grammar::WholeDataType() {
  DataType type = Type();
  if (!At(TokenKind::kEnd)) ExtraInput();
  return type;
}

// A type of its own ("struct<a:int>") or the fields of one ("a INT, b STRING").
DataType Grammar::WholeSchema() {
  std::vector<StructField> fields;
  do {
    fields.push_back(Field(/*colon=*/true));
  } while (Accept(TokenKind::kComma));
  if (!At(TokenKind::kEnd)) ExtraInput();
  return DataType::Struct(std::move(fields));
}

namespace {

void RequireText(std::string_view text) {
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    throw SparkError("PARSE_EMPTY_STATEMENT", {});
  }
}

}  // namespace

spec::Statement ParseStatement(std::string_view text, const ParserOptions& options) {
  return Grammar(text, options).WholeStatement();
}

spec::ExpressionPtr ParseExpression(std::string_view text, const ParserOptions& options) {
  RequireText(text);
  return Grammar(text, options).WholeExpression();
}

std::vector<std::string> ParseNameParts(std::string_view text) {
  RequireText(text);
  return Grammar(text, {}).WholeName();
}

DataType ParseDataType(std::string_view text) {
  RequireText(text);
  try {
    return Grammar(text, {}).WholeDataType();
  } catch (const SparkError& error) {
    throw error.WithoutContexts();
  }
}

DataType ParseSchema(std::string_view text) {
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return DataType::Struct({});
  // The first failure is the one to report: a schema is read as fields before all else.
  try {
    return Grammar(text, {}).WholeSchema();
  } catch (const SparkError& error) {
    try {
      return Grammar(text, {}).WholeDataType();
    } catch (const SparkError&) {
    }
    throw error.WithoutContexts();
  }
}

}  // namespace pyrite::sql
