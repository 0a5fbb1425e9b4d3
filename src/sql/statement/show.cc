// SHOW ...: what the catalog has.

#include "base/errors.h"
#include "sql/grammar.h"
#include "sql/letter_case.h"
#include "sql/parse_errors.h"

namespace pyrite::sql {

using spec::CommandPtr;

bool Grammar::AcceptWord(std::string_view word) {
  if (!AtWord(word)) return false;
  Advance();
  return true;
}

void Grammar::ExpectWord(std::string_view word) {
  if (!AcceptWord(word)) SyntaxError();
}

// [FROM | IN name]
spec::NameParts Grammar::OptionalNamespace() {
  if (Accept(Keyword::kFrom) || Accept(Keyword::kIn)) return MultipartIdentifier();
  return {};
}

// [[LIKE] 'pattern']
std::optional<std::string> Grammar::OptionalPattern() {
  if (Accept(Keyword::kLike) || At(TokenKind::kString)) return StringText();
  return std::nullopt;
}

bool Grammar::AcceptNamespaceWord() {
  return AcceptWord("NAMESPACE") || AcceptWord("DATABASE") || AcceptWord("SCHEMA");
}

CommandPtr Grammar::ShowStatement() {
  int32_t first = position();
  Expect(Keyword::kShow);
  if (AcceptWord("TABLES")) {
    spec::ShowTables show{OptionalNamespace(), OptionalPattern()};
    return spec::MakeCommand(std::move(show), From(first));
  }
  if (AcceptWord("VIEWS")) {
    spec::ShowViews show{OptionalNamespace(), OptionalPattern()};
    return spec::MakeCommand(std::move(show), From(first));
  }
  if (AcceptWord("NAMESPACES") || AcceptWord("DATABASES") || AcceptWord("SCHEMAS")) {
    spec::ShowNamespaces show{OptionalNamespace(), OptionalPattern()};
    return spec::MakeCommand(std::move(show), From(first));
  }
  if (AcceptWord("CATALOGS")) {
    return spec::MakeCommand(spec::ShowCatalogs{OptionalPattern()}, From(first));
  }
  if (AcceptWord("CURRENT")) {
    if (!AcceptNamespaceWord()) SyntaxError();
    return spec::MakeCommand(spec::ShowCurrentNamespace{}, From(first));
  }
  if (AcceptWord("COLUMNS")) {
    if (!AtAny(Keyword::kFrom, Keyword::kIn)) SyntaxError();
    spec::ShowColumns show{OptionalNamespace(), OptionalNamespace()};
    return spec::MakeCommand(std::move(show), From(first));
  }
  if (AtWord("TABLE") || AtWord("TBLPROPERTIES") || AtWord("CREATE") || AtWord("PARTITIONS")) {
    return ShowOneTable(first);
  }
  if (AtWord("FUNCTIONS") || (AtName() && Upper(TextOf(Peek(1))) == "FUNCTIONS")) {
    return ShowFunctions(first);
  }
  return OtherShow(first);
}

CommandPtr Grammar::ShowOneTable(int32_t first) {
  if (AcceptWord("TBLPROPERTIES")) {
    spec::ShowTableProperties show{MultipartIdentifier(), {}};
    if (Accept(TokenKind::kLeftParen)) {
      show.key = PropertyKey();
      Expect(TokenKind::kRightParen);
    }
    return spec::MakeCommand(std::move(show), From(first));
  }
  if (AcceptWord("CREATE")) {
    Expect(Keyword::kTable);
    spec::ShowCreateTable show{MultipartIdentifier()};
    if (Accept(Keyword::kAs)) ExpectWord("SERDE");
    return spec::MakeCommand(std::move(show), From(first));
  }
  if (AcceptWord("PARTITIONS")) {
    spec::ShowPartitions show{MultipartIdentifier()};
    RestOfStatement();
    return spec::MakeCommand(std::move(show), From(first));
  }
  Advance();
  Expect(Keyword::kExtended);
  spec::ShowTables show;
  show.extended = true;
  show.name_space = OptionalNamespace();
  Expect(Keyword::kLike);
  show.pattern = StringText();
  if (At(Keyword::kPartition)) {
    RestOfStatement();
    Fail(errors::UnsupportedFeature("SHOW TABLE EXTENDED ... PARTITION"), From(first));
  }
  return spec::MakeCommand(std::move(show), From(first));
}

// SHOW [USER | SYSTEM | ALL] FUNCTIONS [FROM database] [[LIKE] name or pattern]
CommandPtr Grammar::ShowFunctions(int32_t first) {
  spec::ShowFunctions show;
  if (!AtWord("FUNCTIONS")) {
    std::string scope = Identifier();
    std::string word = Upper(scope);
    show.user = word == "USER" || word == "ALL";
    show.system = word == "SYSTEM" || word == "ALL";
    if (!show.user && !show.system) Fail(errors::InvalidFunctionScope(scope), From(first));
  }
  Advance();
  show.name_space = OptionalNamespace();
  bool like = Accept(Keyword::kLike);
  if (At(TokenKind::kString)) {
    show.pattern = StringText();
  } else if (AtName()) {
    spec::NameParts name = MultipartIdentifier();
    show.pattern = name.back();
    name.pop_back();
    if (!name.empty()) show.name_space = std::move(name);
  } else if (like) {
    SyntaxError();
  }
  return spec::MakeCommand(std::move(show), From(first));
}

CommandPtr Grammar::OtherShow(int32_t first) {
  static constexpr std::string_view kRefused[] = {"GRANT",        "ROLE",        "ROLES",
                                                  "PRINCIPALS",   "COMPACTIONS", "INDEX",
                                                  "TRANSACTIONS", "LOCKS",       "INDEXES"};
  std::string what = Upper(TextOf(Peek()));
  if (AtObject(kRefused)) {
    RestOfStatement();
    Fail(errors::InvalidStatement("SHOW " + what), From(first));
  }
  if (what != "PROCEDURES") SyntaxError();
  RestOfStatement();
  return spec::MakeCommand(spec::UnsupportedCommand{"SHOW " + what}, From(first));
}

}  // namespace pyrite::sql
