// PIVOT and UNPIVOT.

#include "base/errors.h"
#include "sql/grammar.h"

namespace pyrite::sql {

using spec::RelationPtr;

// PIVOT (sum(a) AS s FOR b IN (1 AS one, 2)): the grouping columns are all others.
RelationPtr Grammar::PivotClause(RelationPtr input, int32_t first) {
  Expect(Keyword::kPivot);
  Expect(TokenKind::kLeftParen);
  spec::Aggregate aggregate;
  aggregate.input = std::move(input);
  aggregate.group_type = spec::GroupType::kPivot;
  aggregate.aggregates = NamedExpressionList();
  Expect(Keyword::kFor);
  spec::PivotClause pivot;
  int32_t column = position();
  if (At(TokenKind::kLeftParen)) {
    spec::Expressions columns;
    for (std::string& name : IdentifierList()) {
      columns.push_back(spec::Attribute(std::move(name), From(column)));
    }
    pivot.column = spec::Call("struct", std::move(columns), From(column));
  } else {
    std::string name = Identifier();
    pivot.column = spec::Attribute(std::move(name), From(column));
  }
  Expect(Keyword::kIn);
  Expect(TokenKind::kLeftParen);
  pivot.values = NamedExpressionList();
  Expect(TokenKind::kRightParen);
  Expect(TokenKind::kRightParen);
  aggregate.pivot = std::move(pivot);
  RelationPtr result = spec::MakeRelation(std::move(aggregate), From(first));
  return TableAlias(std::move(result), first);
}

RelationPtr Grammar::UnpivotClause(RelationPtr input, int32_t first) {
  int32_t start = position();
  Expect(Keyword::kUnpivot);
  Fail(errors::UnsupportedFeature("UNPIVOT in SQL text"), From(start));
}

}  // namespace pyrite::sql
