// Statements that are not queries.

#include <algorithm>

#include "base/errors.h"
#include "sql/grammar.h"
#include "sql/letter_case.h"
#include "sql/parse_errors.h"

namespace pyrite::sql {

using spec::CommandPtr;

spec::Statement Grammar::WholeStatement() {
  if (At(TokenKind::kEnd)) Fail(errors::EmptyStatement(), From(position()));
  spec::Statement statement = Statement();
  while (Accept(TokenKind::kSemicolon)) continue;
  if (!At(TokenKind::kEnd)) ExtraInput();
  return statement;
}

spec::Statement Grammar::Statement() {
  spec::Statement statement;
  switch (Peek().keyword) {
    case Keyword::kCreate: statement.command = CreateStatement(); break;
    case Keyword::kDrop: statement.command = DropStatement(); break;
    case Keyword::kSet: statement.command = SetStatement(); break;
    case Keyword::kReset: statement.command = ResetStatement(); break;
    case Keyword::kExplain: statement.command = ExplainStatement(); break;
    default:
      if (AtQuery(position()) || At(TokenKind::kLeftParen) || At(Keyword::kSelect)) {
        statement.query = Query();
      } else {
        statement.command = OtherStatement();
      }
  }
  return statement;
}

bool Grammar::AtObject(std::span<const std::string_view> objects) const {
  std::string word = Upper(TextOf(Peek()));
  return std::find(objects.begin(), objects.end(), word) != objects.end();
}

CommandPtr Grammar::CreateStatement() {
  int32_t first = position();
  Expect(Keyword::kCreate);
  bool replace = At(Keyword::kOr) && At(Keyword::kReplace, 1);
  if (replace) SetPosition(position() + 2);
  bool view = At(Keyword::kView) || At(Keyword::kTemporary) ||
              (At(Keyword::kGlobal) && At(Keyword::kTemporary, 1));
  if (view) return CreateViewStatement(first, replace);
  static constexpr std::string_view kObjects[] = {
      "TABLE", "EXTERNAL", "DATABASE",     "SCHEMA",    "NAMESPACE", "FUNCTION", "INDEX",
      "MACRO", "ROLE",     "MATERIALIZED", "STREAMING", "FLOW",      "PROCEDURE"};
  if (!AtObject(kObjects)) SyntaxError();
  std::string feature = "CREATE " + Upper(TextOf(Peek()));
  RestOfStatement();
  return spec::MakeCommand(spec::UnsupportedCommand{std::move(feature)}, From(first));
}

CommandPtr Grammar::CreateViewStatement(int32_t first, bool replace) {
  spec::CreateView view;
  view.replace = replace;
  view.is_global = Accept(Keyword::kGlobal);
  view.is_temporary = Accept(Keyword::kTemporary);
  if (!At(Keyword::kView)) {
    std::string feature = "CREATE TEMPORARY " + Upper(TextOf(Peek()));
    RestOfStatement();
    return spec::MakeCommand(spec::UnsupportedCommand{std::move(feature)}, From(first));
  }
  Advance();
  if (At(Keyword::kIf) && At(Keyword::kNot, 1) && At(Keyword::kExists, 2)) {
    SetPosition(position() + 3);
    view.if_not_exists = true;
    if (view.is_temporary) Fail(errors::TemporaryViewIfNotExists(), From(first));
  }
  view.name_parts = MultipartIdentifier();
  if (Accept(TokenKind::kLeftParen)) {
    do {
      view.column_aliases.push_back(Identifier());
      if (Accept(Keyword::kComment)) StringText();
    } while (Accept(TokenKind::kComma));
    Expect(TokenKind::kRightParen);
  }
  if (Accept(Keyword::kComment)) StringText();
  if (At(Keyword::kUsing)) {
    RestOfStatement();
    return spec::MakeCommand(spec::UnsupportedCommand{"CREATE TEMPORARY VIEW ... USING"},
                             From(first));
  }
  Expect(Keyword::kAs);
  view.input = Query();
  return spec::MakeCommand(std::move(view), From(first));
}

CommandPtr Grammar::DropStatement() {
  int32_t first = position();
  Expect(Keyword::kDrop);
  if (!At(Keyword::kView)) {
    static constexpr std::string_view kObjects[] = {"TABLE", "DATABASE", "SCHEMA",    "NAMESPACE",
                                                    "INDEX", "FUNCTION", "TEMPORARY", "TEMP",
                                                    "MACRO", "ROLE",     "VARIABLE",  "VAR"};
    if (!AtObject(kObjects)) SyntaxError();
    std::string feature = "DROP " + Upper(TextOf(Peek()));
    RestOfStatement();
    return spec::MakeCommand(spec::UnsupportedCommand{std::move(feature)}, From(first));
  }
  Advance();
  spec::DropView drop;
  drop.if_exists = Accept(Keyword::kIf, Keyword::kExists);
  drop.name_parts = MultipartIdentifier();
  return spec::MakeCommand(std::move(drop), From(first));
}

CommandPtr Grammar::ExplainStatement() {
  int32_t first = position();
  Expect(Keyword::kExplain);
  spec::Explain explain;
  switch (Peek().keyword) {
    case Keyword::kExtended: explain.mode = spec::ExplainMode::kExtended; break;
    case Keyword::kCodegen: explain.mode = spec::ExplainMode::kCodegen; break;
    case Keyword::kCost: explain.mode = spec::ExplainMode::kCost; break;
    case Keyword::kFormatted: explain.mode = spec::ExplainMode::kFormatted; break;
    case Keyword::kLogical: explain.mode = spec::ExplainMode::kExtended; break;
    default: break;
  }
  if (explain.mode != spec::ExplainMode::kSimple) Advance();
  spec::Statement statement = Statement();
  if (!statement.query) {
    return spec::MakeCommand(spec::UnsupportedCommand{"EXPLAIN of a command"}, From(first));
  }
  explain.input = std::move(statement.query);
  return spec::MakeCommand(std::move(explain), From(first));
}

// Reads up to the end or a semicolon, and gives the text in between.
std::string Grammar::RestOfStatement() {
  int32_t first = position();
  while (!At(TokenKind::kEnd) && !At(TokenKind::kSemicolon)) Advance();
  return Text(first, position());
}

namespace {

// The first words of the statements that Spark has and Pyrite does not.
bool StartsStatement(Keyword keyword) {
  switch (keyword) {
    case Keyword::kAdd:
    case Keyword::kAlter:
    case Keyword::kAnalyze:
    case Keyword::kBegin:
    case Keyword::kCache:
    case Keyword::kCall:
    case Keyword::kClear:
    case Keyword::kComment:
    case Keyword::kDeclare:
    case Keyword::kDelete:
    case Keyword::kDesc:
    case Keyword::kDescribe:
    case Keyword::kExecute:
    case Keyword::kInsert:
    case Keyword::kList:
    case Keyword::kLoad:
    case Keyword::kMap:
    case Keyword::kMerge:
    case Keyword::kMsck:
    case Keyword::kReduce:
    case Keyword::kRefresh:
    case Keyword::kRepair:
    case Keyword::kReplace:
    case Keyword::kShow:
    case Keyword::kTruncate:
    case Keyword::kUncache:
    case Keyword::kUpdate:
    case Keyword::kUse:
    case Keyword::kWith: return true;
    default: return false;
  }
}

// Hive's statements that Spark recognizes only to refuse them.
bool StartsRefusedStatement(Keyword keyword) {
  switch (keyword) {
    case Keyword::kGrant:
    case Keyword::kRevoke:
    case Keyword::kExport:
    case Keyword::kImport:
    case Keyword::kLock:
    case Keyword::kUnlock:
    case Keyword::kStart:
    case Keyword::kCommit:
    case Keyword::kRollback: return true;
    default: return false;
  }
}

}  // namespace

CommandPtr Grammar::OtherStatement() {
  int32_t first = position();
  Keyword keyword = Peek().keyword;
  std::string feature = Upper(TextOf(Peek()));
  if (StartsRefusedStatement(keyword)) {
    RestOfStatement();
    Fail(errors::InvalidStatement(feature), From(first));
  }
  if (!StartsStatement(keyword)) SyntaxError();
  if (At(TokenKind::kWord, 1) && Peek(1).keyword != Keyword::kNone) {
    feature += " " + Upper(TextOf(Peek(1)));
  }
  RestOfStatement();
  while (keyword == Keyword::kBegin && !At(TokenKind::kEnd)) Advance();  // BEGIN a; b; END
  return spec::MakeCommand(spec::UnsupportedCommand{std::move(feature)}, From(first));
}

}  // namespace pyrite::sql
