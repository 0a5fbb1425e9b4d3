// OR, AND, NOT; select items and sort items.

#include "sql/grammar.h"

namespace pyrite::sql {

using spec::ExpressionPtr;

ExpressionPtr Grammar::Expression() {
  spec::Expressions operands{AndChain()};
  while (Accept(Keyword::kOr)) operands.push_back(AndChain());
  return Balanced(std::move(operands), "or");
}

ExpressionPtr Grammar::AndChain() {
  spec::Expressions operands{Negation()};
  while (Accept(Keyword::kAnd)) operands.push_back(Negation());
  return Balanced(std::move(operands), "and");
}

// As Spark does, a chain becomes a balanced tree: thousands of conditions stay shallow.
ExpressionPtr Grammar::Balanced(std::vector<ExpressionPtr> operands, const char* function) {
  if (operands.size() == 1) return operands.front();
  spec::Origin whole = Between(operands.front()->origin.start, operands.back()->origin.stop);
  auto reduce = [&](auto&& self, size_t low, size_t high) -> ExpressionPtr {
    if (low == high) return operands[low];
    size_t middle = low + (high - low) / 2;
    spec::Origin origin = whole;
    return spec::Call(function, {self(self, low, middle), self(self, middle + 1, high)},
                      std::move(origin));
  };
  return reduce(reduce, 0, operands.size() - 1);
}

ExpressionPtr Grammar::Negation() {
  std::vector<int32_t> starts;
  while (At(Keyword::kNot) || At(TokenKind::kBang)) {
    if (At(Keyword::kNot) && EndsItem(1)) break;  // a column of that name
    starts.push_back(position());
    Advance();
  }
  ExpressionPtr result = Predicated();
  for (; !starts.empty(); starts.pop_back()) {
    result = spec::Call("not", {std::move(result)}, From(starts.back()));
  }
  return result;
}

spec::Expressions Grammar::ExpressionList() {
  spec::Expressions list;
  do {
    list.push_back(Expression());
  } while (Accept(TokenKind::kComma));
  return list;
}

ExpressionPtr Grammar::NamedExpression() {
  int32_t first = position();
  ExpressionPtr expression = Expression();
  spec::Alias alias;
  if (At(Keyword::kAs) && !EndsItem(1) && Accept(Keyword::kAs)) {
    if (At(TokenKind::kLeftParen)) {
      alias.names = IdentifierList();
    } else {
      int32_t name = position();
      alias.names.push_back(Identifier());
      RejectHyphen(name);
    }
  } else if (At(TokenKind::kLeftParen)) {
    alias.names = IdentifierList();
  } else if (AtImplicitAlias()) {
    int32_t name = position();
    alias.names.push_back(Identifier());
    RejectHyphen(name);
  } else {
    return expression;
  }
  alias.child = std::move(expression);
  return spec::Make(std::move(alias), From(first));
}

spec::Expressions Grammar::NamedExpressionList() {
  spec::Expressions list;
  do {
    list.push_back(NamedExpression());
  } while (Accept(TokenKind::kComma));
  return list;
}

ExpressionPtr Grammar::SortItem() {
  int32_t first = position();
  spec::SortOrder order;
  order.child = Expression();
  if (Accept(Keyword::kDesc)) {
    order.direction = spec::SortDirection::kDescending;
  } else {
    Accept(Keyword::kAsc);
  }
  if (Accept(Keyword::kNulls)) {
    if (Accept(Keyword::kFirst)) {
      order.nulls = spec::NullOrdering::kFirst;
    } else {
      Expect(Keyword::kLast);
      order.nulls = spec::NullOrdering::kLast;
    }
  }
  return spec::Make(std::move(order), From(first));
}

spec::Expressions Grammar::SortItems() {
  spec::Expressions items;
  do {
    items.push_back(SortItem());
  } while (Accept(TokenKind::kComma));
  return items;
}

}  // namespace pyrite::sql
