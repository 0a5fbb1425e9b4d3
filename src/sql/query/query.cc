// WITH, set operations by precedence, and what may stand between them.

#include <charconv>
#include <map>

#include "base/errors.h"
#include "sql/grammar.h"
#include "sql/letter_case.h"
#include "sql/parse_errors.h"

namespace pyrite::sql {

using spec::RelationPtr;

RelationPtr Grammar::Query() {
  CheckDepth();
  return At(Keyword::kWith) ? WithClause() : QueryBody();
}

RelationPtr Grammar::QueryBody() {
  int32_t first = position();
  RelationPtr body = SetOperations(/*intersect_only=*/false);
  while (Accept(TokenKind::kPipeOperator)) body = PipeStep(std::move(body), first);
  return QueryOrganization(std::move(body), first);
}

RelationPtr Grammar::WithClause() {
  int32_t first = position();
  spec::With with = CommonTables();
  with.input = QueryBody();
  return spec::MakeRelation(std::move(with), From(first));
}

// WITH t AS (...), u AS (...), without what follows.
spec::With Grammar::CommonTables() {
  int32_t first = position();
  Expect(Keyword::kWith);
  spec::With with;
  with.recursive = At(Keyword::kRecursive) && !At(Keyword::kAs, 1) &&
                   !At(TokenKind::kLeftParen, 1) && Accept(Keyword::kRecursive);
  do {
    with.tables.push_back(CommonTableDefinition(with.recursive));
  } while (Accept(TokenKind::kComma));
  std::map<std::string, int> names;
  std::string duplicates;
  for (const spec::CommonTable& table : with.tables) {
    if (++names[table.name] != 2) continue;
    duplicates += (duplicates.empty() ? "" : ", ") + errors::QuoteName({table.name});
  }
  if (!duplicates.empty()) Fail(errors::DuplicatedCteNames(duplicates), From(first));
  return with;
}

spec::CommonTable Grammar::CommonTableDefinition(bool recursive) {
  spec::CommonTable table;
  int32_t first = position();
  table.name = Identifier();
  RejectHyphen(first);
  if (At(TokenKind::kLeftParen) && !AtParenthesizedQuery(position())) {
    table.column_aliases = IdentifierList();
  }
  if (Accept(Keyword::kMax, Keyword::kRecursion)) {
    ExpectWord("LEVEL");
    table.max_recursion_level = RecursionLevel();
    if (!recursive) Fail(errors::OperationNotAllowed("MAX RECURSION LEVEL"), From(first));
  }
  Accept(Keyword::kAs);
  table.plan = ParenthesizedQuery();
  return table;
}

int32_t Grammar::RecursionLevel() {
  int32_t first = position();
  std::string text = IntegerText();
  int32_t level = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), level);
  if (error != std::errc()) {
    Fail(errors::NumericLiteralOutOfRange(text, "-2147483648", "2147483647", "INT"), From(first));
  }
  return level;
}

namespace {

bool IsSetOperator(Keyword keyword) {
  return keyword == Keyword::kUnion || keyword == Keyword::kExcept || keyword == Keyword::kMinus ||
         keyword == Keyword::kIntersect;
}

}  // namespace

// INTERSECT binds tighter than UNION, EXCEPT and MINUS; all associate to the left.
RelationPtr Grammar::SetOperations(bool intersect_only) {
  int32_t first = position();
  RelationPtr left = intersect_only ? QueryPrimary() : SetOperations(true);
  while (IsSetOperator(Peek().keyword) && (!intersect_only || At(Keyword::kIntersect))) {
    left = SetOperationWith(std::move(left), first, intersect_only);
  }
  return left;
}

// The operator at the cursor and its right side: a primary, or also the INTERSECTs of one.
RelationPtr Grammar::SetOperationWith(RelationPtr left, int32_t first, bool primary_right) {
  spec::SetOperation operation;
  Keyword keyword = Advance().keyword;
  operation.type = keyword == Keyword::kUnion       ? spec::SetOperationType::kUnion
                   : keyword == Keyword::kIntersect ? spec::SetOperationType::kIntersect
                                                    : spec::SetOperationType::kExcept;
  operation.is_all = Accept(Keyword::kAll);
  if (!operation.is_all) Accept(Keyword::kDistinct);
  operation.left = std::move(left);
  operation.right = primary_right ? QueryPrimary() : SetOperations(true);
  return spec::MakeRelation(std::move(operation), From(first));
}

RelationPtr Grammar::QueryPrimary() {
  int32_t first = position();
  if (At(TokenKind::kLeftParen)) return ParenthesizedQuery();
  switch (Peek().keyword) {
    case Keyword::kSelect: return Select();
    case Keyword::kFrom: return FromFirst();
    case Keyword::kValues: return InlineTable();
    case Keyword::kTable: {
      Advance();
      spec::NameParts name = MultipartIdentifier();
      return spec::MakeRelation(spec::NamedTable{std::move(name), {}}, From(first));
    }
    case Keyword::kMap:
    case Keyword::kReduce:
      Fail(errors::UnsupportedFeature("TRANSFORM, MAP and REDUCE"), From(first));
    default: SyntaxError();
  }
}

RelationPtr Grammar::ParenthesizedQuery() {
  Expect(TokenKind::kLeftParen);
  RelationPtr query = Query();
  Expect(TokenKind::kRightParen);
  return query;
}

bool Grammar::AtQuery(int32_t index) const {
  int32_t last = EndIndex();
  if (index >= last) return false;
  const Token& token = TokenAt(index);
  if (token.kind == TokenKind::kLeftParen) return AtParenthesizedQuery(index);
  TokenKind next = TokenAt(index + 1).kind;
  bool name_follows = next == TokenKind::kWord || next == TokenKind::kQuotedName;
  switch (token.keyword) {
    case Keyword::kSelect:
      return next != TokenKind::kRightParen && next != TokenKind::kComma && next != TokenKind::kDot;
    case Keyword::kValues:
      return next != TokenKind::kRightParen && next != TokenKind::kComma && next != TokenKind::kDot;
    case Keyword::kFrom:
    case Keyword::kWith:
    case Keyword::kTable:
      return name_follows || (token.keyword == Keyword::kFrom && next == TokenKind::kLeftParen);
    default: return false;
  }
}

// Whether the parenthesis at `index` holds a query, and not an expression or a relation that
// begins with one: (SELECT 1), ((SELECT 1) UNION SELECT 2), but not ((SELECT 1) + 1).
bool Grammar::AtParenthesizedQuery(int32_t index) const {
  int32_t last = EndIndex();
  // Walk inwards through the parentheses that open here, then check what follows each.
  int32_t inner = index;
  while (inner < last && TokenAt(inner).kind == TokenKind::kLeftParen) ++inner;
  if (inner >= last || !AtQuery(inner)) return false;
  for (int32_t open = inner - 1; open > index; --open) {
    int32_t behind = PartnerOf(open) + 1;
    if (behind >= last) return true;
    const Token& token = TokenAt(behind);
    if (token.kind == TokenKind::kRightParen || token.kind == TokenKind::kPipeOperator) continue;
    switch (token.keyword) {
      case Keyword::kUnion:
      case Keyword::kExcept:
      case Keyword::kMinus:
      case Keyword::kIntersect:
      case Keyword::kOrder:
      case Keyword::kSort:
      case Keyword::kCluster:
      case Keyword::kDistribute:
      case Keyword::kLimit:
      case Keyword::kOffset: continue;
      default: return false;
    }
  }
  return true;
}

RelationPtr Grammar::InlineTable() {
  int32_t first = position();
  Expect(Keyword::kValues);
  spec::Values values;
  do {
    spec::ExpressionPtr row = Expression();
    const auto* call = row->TryAs<spec::UnresolvedFunction>();
    if (call != nullptr && call->name_parts == spec::NameParts{"struct"}) {
      values.rows.push_back(call->arguments);
    } else {
      values.rows.push_back({std::move(row)});
    }
  } while (Accept(TokenKind::kComma));
  return TableAlias(spec::MakeRelation(std::move(values), From(first)), first);
}

}  // namespace pyrite::sql
