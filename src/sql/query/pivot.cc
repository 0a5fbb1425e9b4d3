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

// UNPIVOT [INCLUDE | EXCLUDE NULLS] (value FOR name IN (a, b)): all other columns stay.
RelationPtr Grammar::UnpivotClause(RelationPtr input, int32_t first) {
  int32_t start = position();
  Expect(Keyword::kUnpivot);
  bool include = AtWord("INCLUDE");
  if (include || AtWord("EXCLUDE")) {
    Advance();
    Expect(Keyword::kNulls);
  }
  Expect(TokenKind::kLeftParen);
  if (At(TokenKind::kLeftParen)) {
    Fail(errors::UnsupportedFeature("UNPIVOT with several value columns"), From(start));
  }
  spec::Unpivot unpivot;
  unpivot.input = std::move(input);
  unpivot.value_column_name = Identifier();
  Expect(Keyword::kFor);
  unpivot.variable_column_name = Identifier();
  Expect(Keyword::kIn);
  Expect(TokenKind::kLeftParen);
  spec::UnresolvedStar others;
  unpivot.values.emplace();
  do {
    int32_t column = position();
    spec::NameParts name = MultipartIdentifier();
    if (!At(TokenKind::kComma) && !At(TokenKind::kRightParen)) {
      Fail(errors::UnsupportedFeature("UNPIVOT with aliases of columns"), From(start));
    }
    others.except.push_back(name);
    unpivot.values->push_back(spec::Make(spec::UnresolvedAttribute{std::move(name)}, From(column)));
  } while (Accept(TokenKind::kComma));
  Expect(TokenKind::kRightParen);
  Expect(TokenKind::kRightParen);
  unpivot.ids.push_back(spec::Make(std::move(others), From(start)));
  spec::ExpressionPtr value = spec::Attribute(unpivot.value_column_name, From(start));
  RelationPtr result = spec::MakeRelation(std::move(unpivot), From(first));
  if (!include) {
    spec::Filter filter{std::move(result), spec::Call("isnotnull", {value}, From(start))};
    result = spec::MakeRelation(std::move(filter), From(first));
  }
  return TableAlias(std::move(result), first);
}

}  // namespace pyrite::sql
