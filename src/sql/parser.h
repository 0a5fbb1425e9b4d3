// Spark SQL text to the unresolved plan.
//
//   spec::Statement s = sql::ParseStatement("SELECT a + 1 FROM t WHERE b > 0");
//
// Thread-safe: every call is on its own. Raises PARSE_SYNTAX_ERROR (and Spark's other parse
// conditions) with line, position and the text underlined. Every node carries its Origin.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "spec/command.h"

namespace pyrite::sql {

// What the session's configuration changes about the grammar.
struct ParserOptions {
  bool ansi = true;                        // spark.sql.ansi.enabled
  bool double_quoted_identifiers = false;  // spark.sql.ansi.doubleQuotedIdentifiers
  bool enforce_reserved_keywords = false;
  bool escaped_string_literals = false;  // spark.sql.parser.escapedStringLiterals
  bool timestamp_ntz = false;            // spark.sql.timestampType is TIMESTAMP_NTZ
  std::string time_zone = "UTC";         // of TIMESTAMP literals without one
  // What a :name or ? stands for; unset, or nullptr: it stays a Parameter.
  std::function<spec::ExpressionPtr(const spec::Parameter&)> bind_parameter;
  // The text of a constant expression, for IDENTIFIER(...) of more than a literal.
  std::function<std::string(const spec::ExpressionPtr&)> constant_text;
};

spec::Statement ParseStatement(std::string_view text, const ParserOptions& options = {});
spec::ExpressionPtr ParseExpression(std::string_view text, const ParserOptions& options = {});
// "a.`b c`.d": names of tables and columns as DataFrame methods take them.
std::vector<std::string> ParseNameParts(std::string_view text);
// "array<decimal(10,2)>", and for ParseSchema also "a INT NOT NULL, b STRING COMMENT 'x'".
DataType ParseDataType(std::string_view text);
DataType ParseSchema(std::string_view text);

}  // namespace pyrite::sql
