// Identifiers: any word is one where the grammar expects a name; which word may be an alias
// without AS is the only hard question.

#include "sql/grammar.h"
#include "sql/parse_errors.h"
#include "sql/quoted_text.h"

namespace pyrite::sql {

std::string Grammar::Identifier() {
  if (!AtName()) SyntaxError();
  if (AtIdentifierClause() && At(TokenKind::kString, 2)) {
    Names parts = IdentifierClause();
    if (parts.size() == 1) return parts[0];
    SyntaxError();
  }
  int32_t first = position();
  const Token& token = Advance();
  std::string text(TextOf(token));
  if (token.kind == TokenKind::kQuotedName) return UnquoteName(text);
  for (char c : text) {
    bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    if (!plain) Fail(errors::InvalidIdentifier(text), From(first));
  }
  return text;
}

std::string Grammar::StrictIdentifier() {
  if (IsStrictNonReserved(Peek().keyword)) SyntaxError();
  return Identifier();
}

void Grammar::RejectHyphen(int32_t first) {
  if (!At(TokenKind::kMinus) || !AtName(1)) return;
  while (At(TokenKind::kMinus) && AtName(1)) SetPosition(position() + 2);
  std::string text = Text(first, position());
  Fail(errors::InvalidIdentifier(text), From(first));
}

Grammar::Names Grammar::IdentifierList() {
  Names names;
  Expect(TokenKind::kLeftParen);
  do {
    int32_t first = position();
    names.push_back(Identifier());
    RejectHyphen(first);
  } while (Accept(TokenKind::kComma));
  Expect(TokenKind::kRightParen);
  return names;
}

Grammar::Names Grammar::QualifiedName() {
  Names parts{Identifier()};
  while (At(TokenKind::kDot) && AtName(1)) {
    Advance();
    parts.push_back(Identifier());
  }
  return parts;
}

Grammar::Names Grammar::MultipartIdentifier() {
  if (AtIdentifierClause()) return IdentifierClause();
  Names parts;
  do {
    int32_t first = position();
    parts.push_back(Identifier());
    RejectHyphen(first);
  } while (Accept(TokenKind::kDot));
  return parts;
}

std::vector<Grammar::Names> Grammar::MultipartIdentifierList() {
  std::vector<Names> names;
  do {
    names.push_back(MultipartIdentifier());
  } while (Accept(TokenKind::kComma));
  return names;
}

bool Grammar::EndsItem(int ahead) const {
  const Token& token = Peek(ahead);
  switch (token.kind) {
    case TokenKind::kEnd:
    case TokenKind::kComma:
    case TokenKind::kRightParen:
    case TokenKind::kSemicolon: return true;
    default: return false;
  }
}

namespace {

// Words that go on with the query after a select item or a table: an alias only when nothing of
// the clause that they open follows.
bool OpensClause(Keyword keyword) {
  switch (keyword) {
    case Keyword::kFrom:
    case Keyword::kWhere:
    case Keyword::kGroup:
    case Keyword::kGrouping:
    case Keyword::kHaving:
    case Keyword::kOrder:
    case Keyword::kSort:
    case Keyword::kCluster:
    case Keyword::kDistribute:
    case Keyword::kWindow:
    case Keyword::kQualify:
    case Keyword::kLimit:
    case Keyword::kOffset:
    case Keyword::kLateral:
    case Keyword::kPivot:
    case Keyword::kUnpivot:
    case Keyword::kUnion:
    case Keyword::kExcept:
    case Keyword::kMinus:
    case Keyword::kIntersect:
    case Keyword::kSelect:
    case Keyword::kTablesample:
    case Keyword::kFor:
    case Keyword::kSystemVersion:
    case Keyword::kSystemTime:
    case Keyword::kVersion:
    case Keyword::kTimestamp:
    case Keyword::kChanges:
    case Keyword::kWatermark:
    case Keyword::kWith: return true;
    default: return false;
  }
}

}  // namespace

bool Grammar::AtImplicitAlias() const {
  if (!AtName()) return false;
  if (At(TokenKind::kQuotedName)) return true;
  if (!OpensClause(Peek().keyword)) return true;
  return EndsItem(1);
}

bool Grammar::AtTableAlias() const {
  if (!AtName()) return false;
  if (At(TokenKind::kQuotedName)) return true;
  Keyword keyword = Peek().keyword;
  if (IsStrictNonReserved(keyword)) return false;
  if (!OpensClause(keyword)) return true;
  return EndsItem(1);
}

// (a, b) and then nothing more of the query.
bool Grammar::AtNamesAtTheEnd(int ahead) const {
  if (!At(TokenKind::kLeftParen, ahead)) return false;
  int32_t index = position() + ahead + 1;
  int32_t last = PartnerOf(position() + ahead);
  for (; index < last; index += 2) {
    TokenKind kind = TokenAt(index).kind;
    if (kind != TokenKind::kWord && kind != TokenKind::kQuotedName) return false;
    if (index + 1 < last && TokenAt(index + 1).kind != TokenKind::kComma) return false;
  }
  return index > position() + ahead + 1 &&
         (last + 1 >= EndIndex() || EndsItem(last + 1 - position()));
}

}  // namespace pyrite::sql
