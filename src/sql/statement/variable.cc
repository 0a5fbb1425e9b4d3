// Session variables, EXECUTE IMMEDIATE, and what a parameter marker or IDENTIFIER(...) stands for.

#include "base/errors.h"
#include "sql/grammar.h"
#include "sql/letter_case.h"
#include "sql/parse_errors.h"

namespace pyrite::sql {

using spec::CommandPtr;
using spec::ExpressionPtr;

CommandPtr Grammar::DeclareStatement() {
  int32_t first = position();
  Expect(Keyword::kDeclare);
  spec::DeclareVariable declare;
  declare.replace = Accept(Keyword::kOr, Keyword::kReplace);
  bool word = AtWord("VARIABLE") || AtWord("VAR");
  if (word && AtName(1)) Advance();
  declare.names = MultipartIdentifierList();
  bool has_default = At(Keyword::kDefault) || At(TokenKind::kEqual);
  if (!has_default && AtName()) declare.type = Type();
  if (Accept(Keyword::kDefault) || Accept(TokenKind::kEqual)) {
    int32_t start = position();
    declare.default_value = Expression();
    declare.default_text = Text(start, position());
  } else if (!declare.type) {
    if (!At(TokenKind::kEnd) && !At(TokenKind::kSemicolon)) SyntaxError();
    Fail(errors::VariableWithoutType(), From(first));
  }
  return spec::MakeCommand(std::move(declare), From(first));
}

// SET VAR x = 1, y = DEFAULT ; SET VAR (x, y) = (SELECT 1, 2)
CommandPtr Grammar::SetVariableStatement(int32_t first) {
  Advance();
  spec::SetVariable set;
  if (Accept(TokenKind::kLeftParen)) {
    set.names = MultipartIdentifierList();
    Expect(TokenKind::kRightParen);
    Expect(TokenKind::kEqual);
    set.query = ParenthesizedQuery();
    return spec::MakeCommand(std::move(set), From(first));
  }
  do {
    set.names.push_back(MultipartIdentifier());
    Expect(TokenKind::kEqual);
    if (At(Keyword::kDefault) && (EndsItem(1) || At(TokenKind::kSemicolon, 1))) {
      Advance();
      set.values.push_back(nullptr);
    } else {
      set.values.push_back(Expression());
    }
  } while (Accept(TokenKind::kComma));
  return spec::MakeCommand(std::move(set), From(first));
}

CommandPtr Grammar::DropVariableStatement(int32_t first) {
  Advance();
  spec::DropVariable drop;
  drop.if_exists = Accept(Keyword::kIf, Keyword::kExists);
  drop.name_parts = MultipartIdentifier();
  return spec::MakeCommand(std::move(drop), From(first));
}

CommandPtr Grammar::ExecuteStatement() {
  int32_t first = position();
  Expect(Keyword::kExecute);
  ExpectWord("IMMEDIATE");
  spec::ExecuteImmediate execute;
  execute.text = Expression();
  if (AcceptWord("INTO")) execute.into = MultipartIdentifierList();
  if (Accept(Keyword::kUsing)) {
    // USING (a AS x, b AS y) is a list and not a row.
    int32_t behind = At(TokenKind::kLeftParen) ? PartnerOf(position()) + 1 - position() : 0;
    bool list = behind > 0 && (At(TokenKind::kEnd, behind) || At(TokenKind::kSemicolon, behind));
    if (list) Advance();
    execute.arguments = NamedExpressionList();
    if (list) Expect(TokenKind::kRightParen);
  }
  return spec::MakeCommand(std::move(execute), From(first));
}

ExpressionPtr Grammar::ParameterMarker() {
  int32_t first = position();
  spec::Parameter parameter;
  if (Accept(TokenKind::kQuestion)) {
    parameter.position = next_parameter_++;
  } else {
    Advance();
    parameter.name = Identifier();
  }
  if (options().bind_parameter) {
    ExpressionPtr bound;
    try {
      bound = options().bind_parameter(parameter);
    } catch (const SparkError& error) {
      Fail(error, From(first));
    }
    if (bound != nullptr) {
      spec::Expression copy = *bound;
      copy.origin = From(first);
      return std::make_shared<const spec::Owned<spec::Expression>>(std::move(copy));
    }
  }
  return spec::Make(std::move(parameter), From(first));
}

bool Grammar::AtIdentifierClause() const {
  return At(Keyword::kIdentifier) && At(TokenKind::kLeftParen, 1);
}

// IDENTIFIER('a.b'): the name that the constant text spells.
Grammar::Names Grammar::IdentifierClause() {
  int32_t first = position();
  SetPosition(first + 2);
  ExpressionPtr text = Expression();
  Expect(TokenKind::kRightParen);
  spec::Origin origin = From(first);
  try {
    const auto* literal = text->TryAs<spec::LiteralValue>();
    bool is_text =
        literal != nullptr && literal->literal.type.IsString() && !literal->literal.value.is_null();
    if (is_text && literal->literal.value.as_string().empty()) throw errors::EmptyStatement();
    if (is_text) return ParseNameParts(literal->literal.value.as_string());
    if (!options().constant_text) {
      throw errors::UnsupportedFeature("IDENTIFIER of an expression that is no literal");
    }
    return ParseNameParts(options().constant_text(text));
  } catch (const SparkError& error) {
    Fail(error, origin);
  }
}

}  // namespace pyrite::sql
