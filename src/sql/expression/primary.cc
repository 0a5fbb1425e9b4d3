// What stands between operators: names, literals, parentheses, and the suffixes . [] :: COLLATE.

#include "base/errors.h"
#include "sql/grammar.h"

namespace pyrite::sql {

using spec::ExpressionPtr;

ExpressionPtr Grammar::Primary() {
  CheckDepth();
  int32_t first = position();
  ExpressionPtr base = PrimaryBase();
  while (true) {
    if (Accept(TokenKind::kDoubleColon)) {
      DataType type = Type();
      base = spec::Make(spec::Cast{std::move(base), std::move(type)}, From(first));
    } else if (Accept(TokenKind::kLeftBracket)) {
      ExpressionPtr key = ValueExpression();
      Expect(TokenKind::kRightBracket);
      base = spec::Make(spec::ExtractValue{std::move(base), std::move(key)}, From(first));
    } else if (At(TokenKind::kDot) && AtName(1)) {
      Advance();
      int32_t name = position();
      std::string field = Identifier();
      if (const auto* attribute = base->TryAs<spec::UnresolvedAttribute>()) {
        spec::UnresolvedAttribute longer = *attribute;
        longer.name_parts.push_back(std::move(field));
        base = spec::Make(std::move(longer), From(first));
      } else {
        ExpressionPtr key = spec::Constant(Literal::String(std::move(field)), From(name));
        base = spec::Make(spec::ExtractValue{std::move(base), std::move(key)}, From(first));
      }
    } else if (At(Keyword::kCollate) && AtName(1) && !EndsItem(1)) {
      Advance();
      spec::NameParts collation = MultipartIdentifier();
      ExpressionPtr name = spec::Constant(Literal::String(collation.back()), From(first));
      base = spec::Call("collate", {std::move(base), std::move(name)}, From(first));
    } else if (At(TokenKind::kColon) && (AtName(1) || At(TokenKind::kLeftBracket, 1))) {
      Fail(errors::UnsupportedFeature("the : operator on semi-structured values"), From(first));
    } else {
      return base;
    }
  }
}

ExpressionPtr Grammar::PrimaryBase() {
  switch (Peek().kind) {
    case TokenKind::kLeftParen: return Parenthesized();
    case TokenKind::kAsterisk: return Star({}, position());
    case TokenKind::kQuestion:
    case TokenKind::kColon: return ParameterMarker();
    case TokenKind::kString: return StringLiteralExpression();
    case TokenKind::kWord:
    case TokenKind::kQuotedName: return WordExpression();
    default: break;
  }
  if (AtNumber() || (At(TokenKind::kMinus) && AtNumber(1))) return NumberLiteral();
  SyntaxError();
}

bool Grammar::AtLambda() const {
  if (At(TokenKind::kLeftParen)) {
    int32_t behind = PartnerOf(position()) + 1 - position();
    return AtName(1) && At(TokenKind::kComma, 2) && At(TokenKind::kArrow, behind);
  }
  return AtName() && At(TokenKind::kArrow, 1);
}

ExpressionPtr Grammar::Lambda() {
  int32_t first = position();
  spec::LambdaFunction lambda;
  if (Accept(TokenKind::kLeftParen)) {
    do {
      lambda.parameters.push_back(Identifier());
    } while (Accept(TokenKind::kComma));
    Expect(TokenKind::kRightParen);
  } else {
    lambda.parameters.push_back(Identifier());
  }
  Expect(TokenKind::kArrow);
  lambda.body = Expression();
  return spec::Make(std::move(lambda), From(first));
}

// (a), (a, b) as a row, (SELECT ...), (x, y) -> ...
ExpressionPtr Grammar::Parenthesized() {
  if (AtLambda()) return Lambda();
  int32_t first = position();
  if (AtParenthesizedQuery(first)) {
    spec::RelationPtr plan = ParenthesizedQuery();
    return spec::Make(spec::ScalarSubquery{std::move(plan)}, From(first));
  }
  Expect(TokenKind::kLeftParen);
  spec::Expressions fields{NamedExpression()};
  if (At(TokenKind::kRightParen) && !fields.front()->TryAs<spec::Alias>()) {
    Advance();
    return fields.front();
  }
  if (!At(TokenKind::kComma)) SyntaxError();
  while (Accept(TokenKind::kComma)) fields.push_back(NamedExpression());
  Expect(TokenKind::kRightParen);
  spec::UnresolvedFunction row;
  row.name_parts = {"struct"};
  row.arguments = std::move(fields);
  row.is_row = true;
  return spec::Make(std::move(row), From(first));
}

ExpressionPtr Grammar::Star(spec::NameParts target, int32_t first) {
  Expect(TokenKind::kAsterisk);
  spec::UnresolvedStar star;
  star.target = std::move(target);
  if (At(Keyword::kExcept) && At(TokenKind::kLeftParen, 1) && !AtQuery(position() + 2)) {
    Advance();
    Advance();
    star.except = MultipartIdentifierList();
    Expect(TokenKind::kRightParen);
  }
  return spec::Make(std::move(star), From(first));
}

ExpressionPtr Grammar::WordExpression() {
  int32_t first = position();
  if (AtLambda()) return Lambda();
  if (At(TokenKind::kString, 1) && At(TokenKind::kWord) && !At(Keyword::kInterval)) {
    if (!At(Keyword::kCase)) return TypedLiteral();
  }
  switch (Peek().keyword) {
    case Keyword::kNull: Advance(); return spec::Constant(Literal::Null(), From(first));
    case Keyword::kTrue:
    case Keyword::kFalse: {
      bool truth = Advance().keyword == Keyword::kTrue;
      return spec::Constant(Literal::Boolean(truth), From(first));
    }
    case Keyword::kInterval:
      if (AtIntervalLiteral()) return IntervalLiteral();
      break;
    default: break;
  }
  if (ExpressionPtr special = SpecialFunction()) return special;
  return NameOrCall();
}

ExpressionPtr Grammar::NameOrCall() {
  int32_t first = position();
  bool clause = AtIdentifierClause();
  spec::NameParts name = clause ? IdentifierClause() : QualifiedName();
  if (At(TokenKind::kLeftParen)) return FunctionCall(std::move(name), first);
  if (At(TokenKind::kDot) && At(TokenKind::kAsterisk, 1)) {
    Advance();
    return Star(std::move(name), first);
  }
  ExpressionPtr column =
      spec::Make(spec::UnresolvedAttribute{std::move(name), {}, false}, From(first));
  // What follows IDENTIFIER(...) is a field, never a part of the name.
  if (!clause || !At(TokenKind::kDot) || !AtName(1)) return column;
  Advance();
  ExpressionPtr field = spec::Constant(Literal::String(Identifier()), From(first));
  return spec::Make(spec::ExtractValue{std::move(column), std::move(field)}, From(first));
}

}  // namespace pyrite::sql
