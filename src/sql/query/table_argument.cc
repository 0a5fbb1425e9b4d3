// Arguments of table functions: TABLE(t) PARTITION BY (a, b) ORDER BY c.

#include "base/errors.h"
#include "sql/grammar.h"
#include "sql/parse_errors.h"

namespace pyrite::sql {

using spec::ExpressionPtr;
using spec::RelationPtr;

bool Grammar::AtTableArgument(int ahead) const {
  return At(Keyword::kTable, ahead) && !EndsItem(ahead + 1);
}

ExpressionPtr Grammar::TableFunctionArgument() {
  if (AtTableArgument(0)) return TableArgument();
  if (!AtName() || !At(TokenKind::kFatArrow, 1) || !AtTableArgument(2)) return FunctionArgument();
  int32_t first = position();
  spec::NamedArgument argument;
  argument.name = Identifier();
  Advance();
  argument.value = TableArgument();
  return spec::Make(std::move(argument), From(first));
}

ExpressionPtr Grammar::TableArgument() {
  int32_t first = position();
  Expect(Keyword::kTable);
  spec::TableArgument argument;
  argument.plan = TableOfArgument(first);
  TableArgumentPartitions(argument, first);
  return spec::Make(std::move(argument), From(first));
}

RelationPtr Grammar::TableOfArgument(int32_t first) {
  int32_t inner = position();
  if (AtParenthesizedQuery(inner)) return ParenthesizedQuery();
  if (!Accept(TokenKind::kLeftParen)) {
    MultipartIdentifier();
    Fail(errors::TableArgumentWithoutParentheses(Text(inner, position())), From(first));
  }
  spec::NamedTable table;
  int32_t name = position();
  table.name_parts = MultipartIdentifier();
  RelationPtr relation = spec::MakeRelation(std::move(table), From(name));
  Expect(TokenKind::kRightParen);
  return relation;
}

// Several expressions need parentheses: a comma otherwise ends the argument.
void Grammar::TableArgumentPartitions(spec::TableArgument& argument, int32_t first) {
  if (At(Keyword::kWith) && !At(TokenKind::kLeftParen, 1)) {
    Advance();
    ExpectWord("SINGLE");
    Expect(Keyword::kPartition);
    argument.with_single_partition = true;
  } else if (Accept(Keyword::kPartition, Keyword::kBy) ||
             Accept(Keyword::kDistribute, Keyword::kBy)) {
    ExpressionPtr key = Expression();
    const auto* row = key->TryAs<spec::UnresolvedFunction>();
    argument.partition_by = row && row->is_row ? row->arguments : spec::Expressions{key};
    if (At(TokenKind::kComma)) {
      Fail(errors::TableArgumentWithSeveral("PARTITION BY"), From(first));
    }
  } else {
    return;
  }
  if (!Accept(Keyword::kOrder, Keyword::kBy) && !Accept(Keyword::kSort, Keyword::kBy)) return;
  bool in_parentheses = At(TokenKind::kLeftParen);
  if (in_parentheses) {
    TokenKind behind = TokenAt(PartnerOf(position()) + 1).kind;
    in_parentheses = behind == TokenKind::kComma || behind == TokenKind::kRightParen;
  }
  if (in_parentheses) {
    Advance();
    argument.order_by = SortItems();
    Expect(TokenKind::kRightParen);
  } else {
    argument.order_by = {SortItem()};
    if (At(TokenKind::kComma)) Fail(errors::TableArgumentWithSeveral("ORDER BY"), From(first));
  }
}

}  // namespace pyrite::sql
