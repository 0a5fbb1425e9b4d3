// What a SQL text uses, by the parser alone: for `pyrite check`.
#include <nanobind/stl/string.h>

#include "base/error.h"
#include "bindings/bindings.h"
#include "spec/print.h"
#include "sql/lexer.h"
#include "sql/parser.h"

namespace nb = nanobind;

namespace pyrite::bindings {
namespace {

// The words before a parenthesis: each may be a function's name.
nb::list Calls(const std::string& text) {
  nb::list names;
  std::vector<sql::Token> tokens = sql::Tokenize(text);
  for (size_t i = 0; i + 1 < tokens.size(); ++i) {
    const sql::Token& token = tokens[i];
    if (token.kind != sql::TokenKind::kWord) continue;
    if (tokens[i + 1].kind != sql::TokenKind::kLeftParen) continue;
    if (i > 0 && tokens[i - 1].kind == sql::TokenKind::kDot) continue;
    names.append(text.substr(static_cast<size_t>(token.start),
                             static_cast<size_t>(token.stop - token.start)));
  }
  return names;
}

// The first word of a command's printed form is its kind.
std::string KindOf(const spec::Statement& statement) {
  if (statement.query != nullptr) return "Query";
  std::string text = spec::Print(*statement.command);
  return text.substr(0, text.find_first_of(" \n"));
}

nb::dict ReadSql(const std::string& text) {
  nb::dict out;
  out["kind"] = nb::none();
  out["unsupported"] = nb::none();
  out["error"] = nb::none();
  out["calls"] = nb::list();
  try {
    spec::Statement statement = sql::ParseStatement(text);
    out["kind"] = KindOf(statement);
    out["calls"] = Calls(text);
    if (statement.command == nullptr) return out;
    const auto* command = statement.command->TryAs<spec::UnsupportedCommand>();
    if (command != nullptr) out["unsupported"] = command->feature;
  } catch (const SparkError& error) {
    out["error"] = error.message();
  }
  return out;
}

}  // namespace

void AddSqlText(nb::module_& module) {
  using namespace nanobind::literals;
  module.def("read_sql", &ReadSql, "statement"_a,
             "A statement's kind, the words before its parentheses, the name of what is not "
             "supported, and the error when it cannot be read.");
}

}  // namespace pyrite::bindings
