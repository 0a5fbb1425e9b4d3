// CASE, CAST, STRUCT(...), and the calls with words between their arguments: POSITION, EXTRACT,
// SUBSTRING, TRIM, OVERLAY, FIRST(x IGNORE NULLS).

#include "sql/grammar.h"
#include "sql/letter_case.h"

namespace pyrite::sql {

using spec::ExpressionPtr;

ExpressionPtr Grammar::SpecialFunction() {
  if (At(Keyword::kCase)) return CaseExpression();
  if (!At(TokenKind::kLeftParen, 1)) return nullptr;
  int32_t open = position() + 1;
  switch (Peek().keyword) {
    case Keyword::kCast:
    case Keyword::kTryCast: return CastCall();
    case Keyword::kStruct: return StructCall();
    case Keyword::kFirst:
    case Keyword::kLast:
    case Keyword::kAnyValue: return HasInside(open, Keyword::kIgnore) ? IgnoreNullsCall() : nullptr;
    case Keyword::kPosition: return HasInside(open, Keyword::kIn) ? PositionCall() : nullptr;
    case Keyword::kExtract: return HasInside(open, Keyword::kFrom) ? ExtractCall() : nullptr;
    case Keyword::kSubstr:
    case Keyword::kSubstring: return HasInside(open, Keyword::kFrom) ? SubstringCall() : nullptr;
    case Keyword::kTrim: return HasInside(open, Keyword::kFrom) ? TrimCall() : nullptr;
    case Keyword::kOverlay: return HasInside(open, Keyword::kPlacing) ? OverlayCall() : nullptr;
    default: return nullptr;
  }
}

ExpressionPtr Grammar::CaseExpression() {
  bool is_name = EndsItem(1) || At(TokenKind::kDot, 1) || At(TokenKind::kEqual, 1) ||
                 At(Keyword::kFrom, 1) || (At(Keyword::kEnd, 1) && EndsItem(2));
  if (is_name) return nullptr;
  int32_t first = position();
  Advance();
  ExpressionPtr subject = At(Keyword::kWhen) ? nullptr : Expression();
  if (!At(Keyword::kWhen)) SyntaxError();
  spec::Expressions arguments;
  while (At(Keyword::kWhen)) {
    Advance();
    ExpressionPtr condition = Expression();
    if (subject) condition = spec::Call("==", {subject, std::move(condition)}, From(first));
    Expect(Keyword::kThen);
    arguments.push_back(std::move(condition));
    arguments.push_back(Expression());
  }
  if (Accept(Keyword::kElse)) arguments.push_back(Expression());
  Expect(Keyword::kEnd);
  return spec::Call("when", std::move(arguments), From(first));
}

ExpressionPtr Grammar::CastCall() {
  int32_t first = position();
  spec::Cast cast;
  if (Advance().keyword == Keyword::kTryCast) cast.mode = spec::CastMode::kTry;
  Expect(TokenKind::kLeftParen);
  cast.child = Expression();
  Expect(Keyword::kAs);
  cast.type = Type();
  Expect(TokenKind::kRightParen);
  return spec::Make(std::move(cast), From(first));
}

ExpressionPtr Grammar::StructCall() {
  int32_t first = position();
  Advance();
  Expect(TokenKind::kLeftParen);
  spec::Expressions fields;
  if (!At(TokenKind::kRightParen)) fields = NamedExpressionList();
  Expect(TokenKind::kRightParen);
  spec::UnresolvedFunction call;
  call.name_parts = {"struct"};
  call.arguments = std::move(fields);
  return FunctionSuffixes(std::move(call), first);
}

ExpressionPtr Grammar::IgnoreNullsCall() {
  int32_t first = position();
  spec::UnresolvedFunction call;
  call.name_parts = {Lower(TextOf(Advance()))};
  call.ignore_nulls = true;
  Expect(TokenKind::kLeftParen);
  call.arguments = {Expression()};
  Expect(Keyword::kIgnore);
  Expect(Keyword::kNulls);
  Expect(TokenKind::kRightParen);
  return spec::Make(std::move(call), From(first));
}

ExpressionPtr Grammar::PositionCall() {
  int32_t first = position();
  Advance();
  Expect(TokenKind::kLeftParen);
  ExpressionPtr part = ValueExpression();
  Expect(Keyword::kIn);
  ExpressionPtr whole = ValueExpression();
  Expect(TokenKind::kRightParen);
  return spec::Call("locate", {std::move(part), std::move(whole)}, From(first));
}

ExpressionPtr Grammar::ExtractCall() {
  int32_t first = position();
  Advance();
  Expect(TokenKind::kLeftParen);
  int32_t at = position();
  std::string field = Identifier();
  ExpressionPtr field_name = spec::Constant(Literal::String(std::move(field)), From(at));
  Expect(Keyword::kFrom);
  ExpressionPtr source = ValueExpression();
  Expect(TokenKind::kRightParen);
  return spec::Call("extract", {std::move(field_name), std::move(source)}, From(first));
}

ExpressionPtr Grammar::SubstringCall() {
  int32_t first = position();
  Advance();
  Expect(TokenKind::kLeftParen);
  spec::Expressions arguments{ValueExpression()};
  Expect(Keyword::kFrom);
  arguments.push_back(ValueExpression());
  if (Accept(Keyword::kFor) || Accept(TokenKind::kComma)) arguments.push_back(ValueExpression());
  Expect(TokenKind::kRightParen);
  return spec::Call("substring", std::move(arguments), From(first));
}

// The functions take the characters to trim first: trim(characters, text).
ExpressionPtr Grammar::TrimCall() {
  int32_t first = position();
  Advance();
  Expect(TokenKind::kLeftParen);
  const char* function = "trim";
  if (Accept(Keyword::kLeading)) {
    function = "ltrim";
  } else if (Accept(Keyword::kTrailing)) {
    function = "rtrim";
  } else {
    Accept(Keyword::kBoth);
  }
  spec::Expressions arguments;
  if (!At(Keyword::kFrom)) arguments.push_back(ValueExpression());
  Expect(Keyword::kFrom);
  arguments.push_back(ValueExpression());
  Expect(TokenKind::kRightParen);
  return spec::Call(function, std::move(arguments), From(first));
}

ExpressionPtr Grammar::OverlayCall() {
  int32_t first = position();
  Advance();
  Expect(TokenKind::kLeftParen);
  spec::Expressions arguments{ValueExpression()};
  Expect(Keyword::kPlacing);
  arguments.push_back(ValueExpression());
  Expect(Keyword::kFrom);
  arguments.push_back(ValueExpression());
  if (Accept(Keyword::kFor)) arguments.push_back(ValueExpression());
  Expect(TokenKind::kRightParen);
  return spec::Call("overlay", std::move(arguments), From(first));
}

}  // namespace pyrite::sql
