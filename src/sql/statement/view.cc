// CREATE, ALTER and DROP of views; REFRESH.

#include "base/errors.h"
#include "sql/grammar.h"
#include "sql/letter_case.h"
#include "sql/parse_errors.h"

namespace pyrite::sql {

using spec::CommandPtr;

CommandPtr Grammar::CreateViewStatement(int32_t first, bool replace) {
  spec::CreateView view;
  view.replace = replace;
  view.is_text = true;
  view.is_global = Accept(Keyword::kGlobal);
  view.is_temporary = Accept(Keyword::kTemporary);
  if (!At(Keyword::kView)) {
    std::string feature = "CREATE TEMPORARY " + Upper(TextOf(Peek()));
    RestOfStatement();
    return spec::MakeCommand(spec::UnsupportedCommand{std::move(feature)}, From(first));
  }
  Advance();
  if (AcceptIfNotExists()) {
    view.if_not_exists = true;
    if (replace) Fail(errors::ReplaceIfNotExists(), From(first));
    if (view.is_temporary) Fail(errors::TemporaryViewIfNotExists(), From(first));
  }
  view.name_parts = MultipartIdentifier();
  if (view.is_temporary && ViewHasProvider()) return CreateViewUsing(view, first);
  if (Accept(TokenKind::kLeftParen)) {
    do {
      view.column_aliases.push_back(Identifier());
      view.column_comments.push_back(Accept(Keyword::kComment) ? StringText() : "");
    } while (Accept(TokenKind::kComma));
    Expect(TokenKind::kRightParen);
  }
  ViewProperties(view, first);
  Expect(Keyword::kAs);
  int32_t query = position();
  view.input = Query();
  view.text = Text(query, position());
  return spec::MakeCommand(std::move(view), From(first));
}

bool Grammar::AcceptIfNotExists() {
  if (!At(Keyword::kIf) || !At(Keyword::kNot, 1) || !At(Keyword::kExists, 2)) return false;
  SetPosition(position() + 3);
  return true;
}

// Whether USING follows, behind a list of columns or at once.
bool Grammar::ViewHasProvider() const {
  if (!At(TokenKind::kLeftParen)) return At(Keyword::kUsing);
  int32_t behind = PartnerOf(position()) + 1 - position();
  return At(Keyword::kUsing, behind);
}

CommandPtr Grammar::CreateViewUsing(const spec::CreateView& view, int32_t first) {
  spec::CreateViewUsing made;
  made.name_parts = view.name_parts;
  made.is_global = view.is_global;
  made.replace = view.replace;
  if (Accept(TokenKind::kLeftParen)) {
    std::vector<StructField> fields;
    do {
      fields.push_back(Field(/*colon=*/false));
    } while (Accept(TokenKind::kComma));
    Expect(TokenKind::kRightParen);
    made.schema = DataType::Struct(std::move(fields));
  }
  Expect(Keyword::kUsing);
  for (const std::string& part : MultipartIdentifier()) {
    made.provider += (made.provider.empty() ? "" : ".") + part;
  }
  if (Accept(Keyword::kOptions)) made.options = PropertyList();
  return spec::MakeCommand(std::move(made), From(first));
}

// COMMENT, TBLPROPERTIES and the like, which a temporary view does not show again.
void Grammar::ViewProperties(const spec::CreateView& view, int32_t first) {
  bool comment = false;
  bool properties = false;
  while (true) {
    if (Accept(Keyword::kComment)) {
      if (std::exchange(comment, true)) Fail(errors::DuplicateClause("COMMENT"), From(first));
      StringText();
    } else if (AcceptWord("TBLPROPERTIES")) {
      if (std::exchange(properties, true)) {
        Fail(errors::DuplicateClause("TBLPROPERTIES"), From(first));
      }
      PropertyList();
      if (view.is_temporary) Fail(errors::TemporaryViewProperties(), From(first));
    } else {
      return;
    }
  }
}

CommandPtr Grammar::AlterStatement() {
  int32_t first = position();
  Expect(Keyword::kAlter);
  bool view = At(Keyword::kView);
  static constexpr std::string_view kObjects[] = {"TABLE",  "VIEW",      "DATABASE",
                                                  "SCHEMA", "NAMESPACE", "INDEX"};
  if (!AtObject(kObjects)) SyntaxError();
  std::string feature = "ALTER " + Upper(TextOf(Advance()));
  spec::NameParts table;
  auto other = [&]() -> CommandPtr {
    spec::UnsupportedCommand command{feature, table};
    RestOfStatement();
    return spec::MakeCommand(std::move(command), From(first));
  };
  if (!view && !At(Keyword::kTable, -1)) return other();
  spec::NameParts name = MultipartIdentifier();
  if (AcceptWord("RENAME")) {
    Expect(Keyword::kTo);
    spec::RenameView rename{std::move(name), MultipartIdentifier()};
    return spec::MakeCommand(std::move(rename), From(first));
  }
  table = name;
  if (!view) return other();
  if (Accept(Keyword::kAs) || AtQuery(position())) {
    spec::AlterView alter{std::move(name), Query()};
    return spec::MakeCommand(std::move(alter), From(first));
  }
  if (At(TokenKind::kEnd) || At(TokenKind::kSemicolon)) SyntaxError();
  return other();
}

CommandPtr Grammar::RefreshStatement() {
  int32_t first = position();
  Expect(Keyword::kRefresh);
  if (At(TokenKind::kString)) {
    spec::RefreshPath refresh{StringText()};
    return spec::MakeCommand(std::move(refresh), From(first));
  }
  if (AtWord("FUNCTION") && AtName(1)) {
    Advance();
    spec::RefreshFunction refresh{MultipartIdentifier()};
    return spec::MakeCommand(std::move(refresh), From(first));
  }
  if (Accept(Keyword::kTable)) {
    spec::RefreshTable refresh{MultipartIdentifier()};
    return spec::MakeCommand(std::move(refresh), From(first));
  }
  return spec::MakeCommand(spec::RefreshPath{RestOfStatement()}, From(first));
}

}  // namespace pyrite::sql
