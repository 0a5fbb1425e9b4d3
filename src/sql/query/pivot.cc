// PIVOT and UNPIVOT.

#include <algorithm>

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
  return AliasWithoutColumns(std::move(result), first);
}

RelationPtr Grammar::AliasWithoutColumns(RelationPtr input, int32_t first) {
  bool named = At(Keyword::kAs) && AtName(1) ? Accept(Keyword::kAs) : AtTableAlias();
  if (!named) return input;
  spec::SubqueryAlias alias;
  alias.alias = Identifier();
  alias.input = std::move(input);
  return spec::MakeRelation(std::move(alias), From(first));
}

// q, t.q AS a, (q, r) AS b
spec::UnpivotGroup Grammar::UnpivotItem(spec::UnresolvedStar& others) {
  spec::UnpivotGroup group;
  bool several = Accept(TokenKind::kLeftParen);
  do {
    int32_t column = position();
    spec::NameParts name = MultipartIdentifier();
    auto& except = others.except;
    if (std::find(except.begin(), except.end(), name) == except.end()) except.push_back(name);
    group.columns.push_back(spec::Make(spec::UnresolvedAttribute{std::move(name)}, From(column)));
  } while (several && Accept(TokenKind::kComma));
  if (several) Expect(TokenKind::kRightParen);
  if (Accept(Keyword::kAs) || AtName()) group.alias = Identifier();
  return group;
}

// UNPIVOT [INCLUDE | EXCLUDE NULLS] (value FOR name IN (a, b)): all other columns stay.
// UNPIVOT ((v, w) FOR name IN ((a, b), (c, d) AS x)): several values a row.
RelationPtr Grammar::UnpivotClause(RelationPtr input, int32_t first) {
  int32_t start = position();
  Expect(Keyword::kUnpivot);
  bool include = AtWord("INCLUDE");
  if (include || AtWord("EXCLUDE")) {
    Advance();
    Expect(Keyword::kNulls);
  }
  Expect(TokenKind::kLeftParen);
  spec::Unpivot unpivot;
  unpivot.input = std::move(input);
  if (At(TokenKind::kLeftParen)) {
    unpivot.value_column_names = IdentifierList();
  } else {
    unpivot.value_column_names = {Identifier()};
  }
  Expect(Keyword::kFor);
  unpivot.variable_column_name = Identifier();
  Expect(Keyword::kIn);
  Expect(TokenKind::kLeftParen);
  spec::UnresolvedStar others;
  unpivot.values.emplace();
  do {
    unpivot.values->push_back(UnpivotItem(others));
  } while (Accept(TokenKind::kComma));
  Expect(TokenKind::kRightParen);
  Expect(TokenKind::kRightParen);
  unpivot.ids.push_back(spec::Make(std::move(others), From(start)));
  spec::ExpressionPtr known;
  for (const std::string& name : unpivot.value_column_names) {
    spec::ExpressionPtr value = spec::Attribute(name, From(start));
    spec::ExpressionPtr is_known = spec::Call("isnotnull", {std::move(value)}, From(start));
    known = known ? spec::Call("or", {known, is_known}, From(start)) : is_known;
  }
  RelationPtr result = spec::MakeRelation(std::move(unpivot), From(first));
  if (!include) {
    result = spec::MakeRelation(spec::Filter{std::move(result), std::move(known)}, From(first));
  }
  return AliasWithoutColumns(std::move(result), first);
}

}  // namespace pyrite::sql
