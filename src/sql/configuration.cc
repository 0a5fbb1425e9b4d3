// SET and RESET, whose arguments are raw text: SET spark.sql.shuffle.partitions = 200.

#include "base/errors.h"
#include "sql/grammar.h"
#include "sql/quoted_text.h"

namespace pyrite::sql {
namespace {

std::string Trim(const std::string& text) {
  size_t start = text.find_first_not_of(" \t\r\n");
  if (start == std::string::npos) return "";
  return text.substr(start, text.find_last_not_of(" \t\r\n") - start + 1);
}

std::string Unquoted(const std::string& text) {
  bool quoted = text.size() >= 2 && text.front() == '`' && text.back() == '`';
  return quoted ? UnquoteName(text) : text;
}

constexpr char kTimeZone[] = "spark.sql.session.timeZone";

}  // namespace

spec::CommandPtr Grammar::SetStatement() {
  int32_t first = position();
  Expect(Keyword::kSet);
  if (Accept(Keyword::kTime, Keyword::kZone)) {
    spec::SetConfiguration set{kTimeZone, {}};
    if (Accept(Keyword::kLocal))
      return spec::MakeCommand(spec::ResetConfiguration{kTimeZone}, From(first));
    if (!At(TokenKind::kString)) {
      Fail(errors::UnsupportedFeature("SET TIME ZONE INTERVAL"), From(first));
    }
    set.value = StringText();
    return spec::MakeCommand(std::move(set), From(first));
  }
  bool other =
      At(Keyword::kRole) || At(Keyword::kCatalog) || At(Keyword::kVariable) || At(Keyword::kPath);
  if (other && !At(TokenKind::kEqual, 1) && !At(TokenKind::kDot, 1)) {
    std::string feature = "SET " + std::string(KeywordText(Peek().keyword));
    RestOfStatement();
    return spec::MakeCommand(spec::UnsupportedCommand{std::move(feature)}, From(first));
  }
  std::string text = RestOfStatement();
  spec::SetConfiguration set;
  size_t equal = text.find('=');
  std::string key = Unquoted(Trim(text.substr(0, equal)));
  if (!key.empty()) set.key = std::move(key);
  if (equal != std::string::npos) set.value = Unquoted(Trim(text.substr(equal + 1)));
  return spec::MakeCommand(std::move(set), From(first));
}

spec::CommandPtr Grammar::ResetStatement() {
  int32_t first = position();
  Expect(Keyword::kReset);
  spec::ResetConfiguration reset;
  std::string key = Unquoted(Trim(RestOfStatement()));
  if (!key.empty()) reset.key = std::move(key);
  return spec::MakeCommand(std::move(reset), From(first));
}

}  // namespace pyrite::sql
