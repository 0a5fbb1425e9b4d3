// Binary operators by precedence, and the unary ones.

#include <optional>
#include <string_view>

#include "sql/grammar.h"

namespace pyrite::sql {
namespace {

struct BinaryOperator {
  const char* function;
  int precedence;  // higher binds tighter; all associate to the left
};

std::optional<BinaryOperator> BinaryOperatorOf(const Token& token) {
  switch (token.kind) {
    case TokenKind::kAsterisk: return {{"*", 7}};
    case TokenKind::kSlash: return {{"/", 7}};
    case TokenKind::kPercent: return {{"%", 7}};
    case TokenKind::kPlus: return {{"+", 6}};
    case TokenKind::kMinus: return {{"-", 6}};
    case TokenKind::kConcat: return {{"concat", 6}};
    case TokenKind::kShiftLeft: return {{"<<", 5}};
    case TokenKind::kAmpersand: return {{"&", 4}};
    case TokenKind::kCaret: return {{"^", 3}};
    case TokenKind::kPipe: return {{"|", 2}};
    case TokenKind::kEqual: return {{"==", 1}};
    case TokenKind::kNullSafeEqual: return {{"<=>", 1}};
    case TokenKind::kNotEqual: return {{"!=", 1}};
    case TokenKind::kLess: return {{"<", 1}};
    case TokenKind::kLessEqual: return {{"<=", 1}};
    case TokenKind::kGreater: return {{">", 1}};
    case TokenKind::kGreaterEqual: return {{">=", 1}};
    case TokenKind::kWord:
      if (token.keyword == Keyword::kDiv) return {{"div", 7}};
      return std::nullopt;
    default: return std::nullopt;
  }
}

const char* UnaryFunction(TokenKind kind) {
  switch (kind) {
    case TokenKind::kMinus: return "-";
    case TokenKind::kPlus: return "+";
    case TokenKind::kTilde: return "~";
    default: return nullptr;
  }
}

}  // namespace

spec::ExpressionPtr Grammar::ValueExpression(int least_precedence) {
  int32_t first = position();
  spec::ExpressionPtr left = Unary();
  while (true) {
    std::optional<BinaryOperator> op = BinaryOperatorOf(Peek());
    if (!op) return left;
    int tokens = 1;
    auto adjacent = [&](int i) {
      return At(TokenKind::kGreater, i) && Peek(i - 1).stop == Peek(i).start;
    };
    if (At(TokenKind::kGreater) && adjacent(1)) {
      tokens = adjacent(2) ? 3 : 2;
      op = BinaryOperator{tokens == 3 ? ">>>" : ">>", 5};
    }
    if (op->precedence < least_precedence) return left;
    if (At(Keyword::kDiv) && EndsItem(1)) return left;  // an alias of that name
    SetPosition(position() + tokens);
    spec::ExpressionPtr right = ValueExpression(op->precedence + 1);
    bool unequal = op->function == std::string_view("!=");
    spec::Origin origin = From(first);
    left = spec::Call(unequal ? "==" : op->function, {std::move(left), std::move(right)}, origin);
    if (unequal) left = spec::Call("not", {std::move(left)}, std::move(origin));
  }
}

spec::ExpressionPtr Grammar::Unary() {
  std::vector<int32_t> starts;
  while (UnaryFunction(Peek().kind) != nullptr && !(At(TokenKind::kMinus) && AtNumber(1))) {
    starts.push_back(position());
    Advance();
  }
  spec::ExpressionPtr result = Primary();
  for (; !starts.empty(); starts.pop_back()) {
    const char* function = UnaryFunction(TokenAt(starts.back()).kind);
    result = spec::Call(function, {std::move(result)}, From(starts.back()));
  }
  return result;
}

}  // namespace pyrite::sql
