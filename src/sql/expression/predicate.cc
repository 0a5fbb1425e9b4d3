// [NOT] BETWEEN, IN, LIKE, ILIKE, RLIKE; IS [NOT] NULL, TRUE, FALSE, UNKNOWN, DISTINCT FROM;
// EXISTS.

#include "sql/grammar.h"
#include "sql/parse_errors.h"

namespace pyrite::sql {

using spec::ExpressionPtr;

ExpressionPtr Grammar::Predicated() {
  int32_t first = position();
  if (At(Keyword::kExists) && At(TokenKind::kLeftParen, 1) && AtQuery(first + 2)) {
    Advance();
    spec::RelationPtr plan = ParenthesizedQuery();
    return spec::Make(spec::ExistsSubquery{std::move(plan)}, From(first));
  }
  ExpressionPtr value = ValueExpression();
  if (Accept(Keyword::kIs)) return Is(std::move(value), first);
  return NegatablePredicate(std::move(value), first);
}

ExpressionPtr Grammar::NegatablePredicate(ExpressionPtr value, int32_t first) {
  bool negated = At(Keyword::kNot) || At(TokenKind::kBang);
  Keyword kind = Peek(negated ? 1 : 0).keyword;
  bool like = kind == Keyword::kLike || kind == Keyword::kIlike;
  if (kind != Keyword::kBetween && kind != Keyword::kIn && kind != Keyword::kRlike && !like) {
    return value;
  }
  if (!negated && EndsItem(1)) return value;  // an alias of that name
  if (negated) Advance();
  if (like) return Like(std::move(value), first, negated);
  Advance();
  ExpressionPtr result;
  if (kind == Keyword::kBetween) {
    ExpressionPtr lower = ValueExpression();
    Expect(Keyword::kAnd);
    ExpressionPtr upper = ValueExpression();
    result =
        spec::Call("between", {std::move(value), std::move(lower), std::move(upper)}, From(first));
  } else if (kind == Keyword::kRlike) {
    ExpressionPtr pattern = ValueExpression();
    result = spec::Call("rlike", {std::move(value), std::move(pattern)}, From(first));
  } else {
    result = In(std::move(value), first);
  }
  return negated ? spec::Call("not", {std::move(result)}, From(first)) : result;
}

ExpressionPtr Grammar::In(ExpressionPtr value, int32_t first) {
  if (!At(TokenKind::kLeftParen)) SyntaxError();
  if (AtParenthesizedQuery(position())) {
    spec::InSubquery in;
    const auto* row = value->TryAs<spec::UnresolvedFunction>();
    if (row != nullptr && row->name_parts == spec::NameParts{"struct"}) {
      in.values = row->arguments;
    } else {
      in.values.push_back(std::move(value));
    }
    in.plan = ParenthesizedQuery();
    return spec::Make(std::move(in), From(first));
  }
  Advance();
  if (Accept(TokenKind::kRightParen)) Fail(errors::EmptyInList(), From(first));
  spec::Expressions arguments{std::move(value)};
  do {
    arguments.push_back(Expression());
  } while (Accept(TokenKind::kComma));
  Expect(TokenKind::kRightParen);
  return spec::Call("in", std::move(arguments), From(first));
}

ExpressionPtr Grammar::Like(ExpressionPtr value, int32_t first, bool negated) {
  const char* function = Advance().keyword == Keyword::kLike ? "like" : "ilike";
  bool all = At(Keyword::kAll);
  bool quantified =
      (all || At(Keyword::kAny) || At(Keyword::kSome)) && At(TokenKind::kLeftParen, 1);
  auto negate = [&](ExpressionPtr e) {
    return negated ? spec::Call("not", {std::move(e)}, From(first)) : e;
  };
  if (quantified) {
    Advance();
    Advance();
    if (At(TokenKind::kRightParen)) {
      Fail(errors::EmptyLikeList(), From(first));
    }
    spec::Expressions patterns = ExpressionList();
    Expect(TokenKind::kRightParen);
    spec::Expressions tests;
    for (ExpressionPtr& pattern : patterns) {
      tests.push_back(negate(spec::Call(function, {value, std::move(pattern)}, From(first))));
    }
    return Balanced(std::move(tests), all ? "and" : "or");
  }
  spec::Expressions arguments{std::move(value), ValueExpression()};
  if (Accept(Keyword::kEscape)) {
    int32_t at = position();
    if (!At(TokenKind::kString)) SyntaxError();
    std::string escape = StringText();
    if (escape.size() != 1) Fail(errors::InvalidEscape(escape), From(first));
    arguments.push_back(spec::Constant(Literal::String(escape), From(at)));
  }
  return negate(spec::Call(function, std::move(arguments), From(first)));
}

ExpressionPtr Grammar::Is(ExpressionPtr value, int32_t first) {
  bool negated = Accept(Keyword::kNot) || Accept(TokenKind::kBang);
  if (Accept(Keyword::kNull) || Accept(Keyword::kUnknown)) {
    return spec::Call(negated ? "isnotnull" : "isnull", {std::move(value)}, From(first));
  }
  ExpressionPtr other;
  bool negate = negated;
  if (At(Keyword::kTrue) || At(Keyword::kFalse)) {
    int32_t at = position();
    bool truth = Advance().keyword == Keyword::kTrue;
    other = spec::Constant(Literal::Boolean(truth), From(at));
  } else {
    Expect(Keyword::kDistinct);
    Expect(Keyword::kFrom);
    other = ValueExpression();
    negate = !negated;
  }
  ExpressionPtr same = spec::Call("<=>", {std::move(value), std::move(other)}, From(first));
  return negate ? spec::Call("not", {std::move(same)}, From(first)) : same;
}

}  // namespace pyrite::sql
