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
    case Keyword::kShow: statement.command = ShowStatement(); break;
    case Keyword::kInsert: statement.command = InsertStatement(); break;
    case Keyword::kTruncate:
    case Keyword::kAnalyze:
    case Keyword::kMsck: statement.command = TableMaintenance(); break;
    case Keyword::kDesc:
    case Keyword::kDescribe: statement.command = DescribeStatement(); break;
    case Keyword::kAlter: statement.command = AlterStatement(); break;
    case Keyword::kRefresh: statement.command = RefreshStatement(); break;
    case Keyword::kCache: statement.command = CacheStatement(); break;
    case Keyword::kUncache: statement.command = UncacheStatement(); break;
    case Keyword::kClear: statement.command = ClearStatement(); break;
    case Keyword::kUse: statement.command = UseStatement(); break;
    case Keyword::kDeclare: statement.command = DeclareStatement(); break;
    case Keyword::kExecute: statement.command = ExecuteStatement(); break;
    case Keyword::kWith: statement = WithStatement(); break;
    default:
      if (AtQuery(position()) || At(TokenKind::kLeftParen) || At(Keyword::kSelect)) {
        statement.query = Query();
      } else {
        statement.command = OtherStatement();
      }
  }
  return statement;
}

// WITH before a query or a statement that writes.
spec::Statement Grammar::WithStatement() {
  int32_t first = position();
  spec::Statement statement;
  spec::With with = CommonTables();
  if (At(Keyword::kInsert)) {
    statement.command = InsertStatement(std::move(with));
  } else if (At(Keyword::kMerge) || At(Keyword::kUpdate) || At(Keyword::kDelete)) {
    statement.command = OtherStatement();
  } else {
    with.input = QueryBody();
    statement.query = spec::MakeRelation(std::move(with), From(first));
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
  if (At(Keyword::kTable) || AtWord("EXTERNAL")) return CreateTableStatement(first, replace);
  if (AtWord("DATABASE") || AtWord("SCHEMA") || AtWord("NAMESPACE")) {
    return CreateNamespaceStatement(first);
  }
  static constexpr std::string_view kObjects[] = {
      "FUNCTION", "INDEX", "MACRO", "ROLE", "MATERIALIZED", "STREAMING", "FLOW", "PROCEDURE"};
  if (!AtObject(kObjects)) SyntaxError();
  std::string feature = "CREATE " + Upper(TextOf(Peek()));
  RestOfStatement();
  return spec::MakeCommand(spec::UnsupportedCommand{std::move(feature)}, From(first));
}

CommandPtr Grammar::DropStatement() {
  int32_t first = position();
  Expect(Keyword::kDrop);
  if (At(Keyword::kTemporary) && At(Keyword::kVariable, 1)) {
    Advance();
    return DropVariableStatement(first);
  }
  if (AtWord("DATABASE") || AtWord("SCHEMA") || AtWord("NAMESPACE")) {
    return DropNamespaceStatement(first);
  }
  if (!At(Keyword::kView) && !At(Keyword::kTable)) {
    static constexpr std::string_view kObjects[] = {"DATABASE", "SCHEMA",   "NAMESPACE",
                                                    "INDEX",    "FUNCTION", "TEMPORARY",
                                                    "TEMP",     "MACRO",    "ROLE"};
    if (!AtObject(kObjects)) SyntaxError();
    std::string feature = "DROP " + Upper(TextOf(Peek()));
    RestOfStatement();
    return spec::MakeCommand(spec::UnsupportedCommand{std::move(feature)}, From(first));
  }
  spec::DropView drop;
  drop.is_table = Advance().keyword == Keyword::kTable;
  drop.if_exists = Accept(Keyword::kIf, Keyword::kExists);
  drop.name_parts = MultipartIdentifier();
  if (drop.is_table) AcceptWord("PURGE");
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
    case Keyword::kAnalyze:  // otherwise EXPLAIN of ANALYZE TABLE
      if (!At(Keyword::kTable, 1) && Upper(TextOf(Peek(1))) != "TABLES") {
        explain.mode = spec::ExplainMode::kAnalyze;
      }
      break;
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
    case Keyword::kBegin:
    case Keyword::kCall:
    case Keyword::kComment:
    case Keyword::kDelete:
    case Keyword::kList:
    case Keyword::kLoad:
    case Keyword::kMap:
    case Keyword::kMerge:
    case Keyword::kReduce:
    case Keyword::kRepair:
    case Keyword::kReplace:
    case Keyword::kUpdate:
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
  if (StartsRefusedStatement(keyword) || feature == "DFS") {
    RestOfStatement();
    Fail(errors::InvalidStatement(feature), From(first));
  }
  if (!StartsStatement(keyword)) SyntaxError();
  if (At(TokenKind::kWord, 1) && Peek(1).keyword != Keyword::kNone) {
    feature += " " + Upper(TextOf(Peek(1)));
  }
  spec::NameParts table = StatementTable();
  RestOfStatement();
  while (keyword == Keyword::kBegin && !At(TokenKind::kEnd)) Advance();  // BEGIN a; b; END
  return spec::MakeCommand(spec::UnsupportedCommand{std::move(feature), std::move(table)},
                           From(first));
}

// The table that a statement at the cursor writes to or is about; empty for none.
spec::NameParts Grammar::StatementTable() {
  Keyword keyword = Advance().keyword;
  switch (keyword) {
    case Keyword::kDelete:
    case Keyword::kMerge: Advance(); break;
    case Keyword::kUpdate: break;
    case Keyword::kComment:
      Expect(Keyword::kOn);
      if (!Accept(Keyword::kTable)) return {};
      break;
    default: return {};
  }
  return AtName() ? MultipartIdentifier() : spec::NameParts{};
}

}  // namespace pyrite::sql
