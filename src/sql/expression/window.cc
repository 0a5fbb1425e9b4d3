// OVER (...), frames, and the WINDOW clause's definitions.

#include "sql/grammar.h"

namespace pyrite::sql {

using spec::ExpressionPtr;
using spec::FrameBound;

spec::WindowSpec Grammar::Window() {
  spec::WindowSpec window;
  if (!Accept(TokenKind::kLeftParen)) {
    int32_t first = position();
    window.reference = Identifier();
    RejectHyphen(first);
    return window;
  }
  if (AtName() && At(TokenKind::kRightParen, 1)) {
    window.reference = Identifier();
    Advance();
    return window;
  }
  if (Accept(Keyword::kCluster, Keyword::kBy)) {
    window.partition_by = ExpressionList();
  } else {
    if (Accept(Keyword::kPartition, Keyword::kBy) || Accept(Keyword::kDistribute, Keyword::kBy)) {
      window.partition_by = ExpressionList();
    }
    if (Accept(Keyword::kOrder, Keyword::kBy) || Accept(Keyword::kSort, Keyword::kBy)) {
      window.order_by = SortItems();
    }
  }
  if (At(Keyword::kRows) || At(Keyword::kRange)) window.frame = Frame();
  Expect(TokenKind::kRightParen);
  return window;
}

spec::WindowFrame Grammar::Frame() {
  spec::WindowFrame frame;
  frame.type =
      Advance().keyword == Keyword::kRows ? spec::FrameType::kRows : spec::FrameType::kRange;
  if (Accept(Keyword::kBetween)) {
    frame.lower = Bound();
    Expect(Keyword::kAnd);
    frame.upper = Bound();
  } else {
    frame.lower = Bound();
  }
  return frame;
}

namespace {

// PRECEDING counts down: a constant is written with its sign, anything else negated.
ExpressionPtr Negated(ExpressionPtr value) {
  spec::Origin origin = value->origin;
  if (const auto* constant = value->TryAs<spec::LiteralValue>()) {
    const Literal& literal = constant->literal;
    bool negatable = literal.type.IsIntegral() || literal.type.IsAnsiInterval();
    if (negatable && !literal.value.is_null() && literal.value.as_int() != INT64_MIN) {
      return spec::Constant({literal.type, Value(-literal.value.as_int())}, std::move(origin));
    }
  }
  return spec::Call("negative", {std::move(value)}, std::move(origin));
}

}  // namespace

FrameBound Grammar::Bound() {
  FrameBound bound;
  if (At(Keyword::kUnbounded) && (At(Keyword::kPreceding, 1) || At(Keyword::kFollowing, 1))) {
    Advance();
    bound.kind = Advance().keyword == Keyword::kPreceding ? FrameBound::Kind::kUnboundedPreceding
                                                          : FrameBound::Kind::kUnboundedFollowing;
    return bound;
  }
  if (Accept(Keyword::kCurrent, Keyword::kRow)) return bound;
  bound.kind = FrameBound::Kind::kValue;
  bound.value = Expression();
  if (Accept(Keyword::kPreceding)) {
    bound.value = Negated(std::move(bound.value));
  } else {
    Expect(Keyword::kFollowing);
  }
  return bound;
}

}  // namespace pyrite::sql
