// SET and RESET, whose arguments are raw text: SET spark.sql.shuffle.partitions = 200.

#include <cstdio>
#include <cstdlib>

#include "base/errors.h"
#include "sql/grammar.h"
#include "sql/parse_errors.h"
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

// Whether a key that is not quoted has what only a quoted one may have.
bool HasBlank(const std::string& text) {
  std::string key = Trim(text);
  return !key.starts_with('`') && key.find_first_of(" \t\r\n-") != std::string::npos;
}

// java.time.ZoneOffset's text: +03:00, -00:30:15, Z.
std::string OffsetText(int64_t seconds) {
  if (seconds == 0) return "Z";
  int64_t rest = std::abs(seconds);
  char text[16];
  std::snprintf(text, sizeof(text), "%c%02d:%02d", seconds < 0 ? '-' : '+',
                static_cast<int>(rest / 3600), static_cast<int>(rest / 60 % 60));
  std::string out = text;
  if (rest % 60 == 0) return out;
  std::snprintf(text, sizeof(text), ":%02d", static_cast<int>(rest % 60));
  return out + text;
}

constexpr char kTimeZone[] = "spark.sql.session.timeZone";

}  // namespace

spec::CommandPtr Grammar::SetStatement() {
  int32_t first = position();
  Expect(Keyword::kSet);
  if (Accept(Keyword::kTime, Keyword::kZone)) return SetTimeZone(first);
  auto follows = [this] { return !At(TokenKind::kEqual, 1) && !At(TokenKind::kDot, 1); };
  if ((At(Keyword::kVariable) || AtWord("VAR")) && follows()) return SetVariableStatement(first);
  if (At(Keyword::kCatalog) && follows()) {
    Advance();
    if (At(TokenKind::kDot, 1))
      Fail(errors::MultiPartCatalog(Text(position(), position() + 1)), From(first));
    spec::SetCatalog set{At(TokenKind::kString) ? StringText() : Identifier()};
    return spec::MakeCommand(std::move(set), From(first));
  }
  if (At(Keyword::kRole) && follows()) {
    RestOfStatement();
    Fail(errors::InvalidStatement("SET ROLE"), From(first));
  }
  if (At(Keyword::kPath) && follows()) {
    RestOfStatement();
    return spec::MakeCommand(spec::UnsupportedCommand{"SET PATH"}, From(first));
  }
  std::string text = RestOfStatement();
  spec::SetConfiguration set;
  size_t equal = text.find('=');
  std::string key = Unquoted(Trim(text.substr(0, equal)));
  if (HasBlank(text.substr(0, equal)) && text != "-v") Fail(errors::InvalidSet(), From(first));
  if (!key.empty()) set.key = std::move(key);
  if (equal != std::string::npos) set.value = Unquoted(Trim(text.substr(equal + 1)));
  return spec::MakeCommand(std::move(set), From(first));
}

// SET TIME ZONE 'UTC' | LOCAL | INTERVAL 3 HOURS
spec::CommandPtr Grammar::SetTimeZone(int32_t first) {
  if (Accept(Keyword::kLocal)) {
    return spec::MakeCommand(spec::SetConfiguration{kTimeZone, {}, true}, From(first));
  }
  spec::SetConfiguration set{kTimeZone, {}};
  if (!At(Keyword::kInterval)) {
    if (!At(TokenKind::kString)) Fail(errors::InvalidTimeZoneClause(), From(first));
    set.value = StringText();
    return spec::MakeCommand(std::move(set), From(first));
  }
  spec::ExpressionPtr interval = IntervalLiteral();
  const Literal& literal = interval->As<spec::LiteralValue>().literal;
  constexpr int64_t kSecond = 1000000;
  constexpr int64_t kMaximum = 18 * 3600;
  int64_t seconds = -kMaximum - 1;
  if (literal.type.Is(TypeKind::kDayTimeInterval) && literal.value.as_int() % kSecond == 0) {
    seconds = literal.value.as_int() / kSecond;
  }
  if (seconds < -kMaximum || seconds > kMaximum) {
    Fail(errors::InvalidTimeZoneInterval(), From(first));
  }
  set.value = OffsetText(seconds);
  return spec::MakeCommand(std::move(set), From(first));
}

spec::CommandPtr Grammar::ResetStatement() {
  int32_t first = position();
  Expect(Keyword::kReset);
  spec::ResetConfiguration reset;
  std::string text = RestOfStatement();
  if (HasBlank(text)) Fail(errors::InvalidReset(), From(first));
  std::string key = Unquoted(Trim(text));
  if (!key.empty()) reset.key = std::move(key);
  return spec::MakeCommand(std::move(reset), From(first));
}

}  // namespace pyrite::sql
