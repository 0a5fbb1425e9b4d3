// SELECT, in its usual order and behind FROM.

#include <algorithm>

#include "base/errors.h"
#include "sql/grammar.h"
#include "sql/parse_errors.h"

namespace pyrite::sql {

using spec::RelationPtr;

struct Grammar::SelectList {
  bool distinct = false;
  bool is_pipe = false;                        // |> SELECT
  std::vector<std::vector<spec::Hint>> hints;  // one inner list a comment
  spec::Expressions expressions;
};

Grammar::SelectList Grammar::SelectClause() {
  SelectList list;
  Expect(Keyword::kSelect);
  while (At(TokenKind::kHintStart)) HintClause(list.hints);
  if (At(Keyword::kTransform) && At(TokenKind::kLeftParen, 1) &&
      TokenAt(std::min(PartnerOf(position() + 1) + 1, EndIndex())).keyword == Keyword::kUsing) {
    Fail(errors::UnsupportedFeature("TRANSFORM, MAP and REDUCE"), From(position()));
  }
  if (At(Keyword::kDistinct) && !EndsItem(1)) {
    Advance();
    list.distinct = true;
  } else if (At(Keyword::kAll) && !EndsItem(1)) {
    Advance();
  }
  list.expressions = NamedExpressionList();
  return list;
}

// /*+ BROADCAST(t), COALESCE(3) */
void Grammar::HintClause(std::vector<std::vector<spec::Hint>>& hints) {
  Expect(TokenKind::kHintStart);
  std::vector<spec::Hint> statements;
  do {
    spec::Hint hint;
    hint.name = Identifier();
    if (Accept(TokenKind::kLeftParen)) {
      do {
        hint.parameters.push_back(Primary());
      } while (Accept(TokenKind::kComma));
      Expect(TokenKind::kRightParen);
    }
    statements.push_back(std::move(hint));
    Accept(TokenKind::kComma);
  } while (!At(TokenKind::kHintEnd));
  Expect(TokenKind::kHintEnd);
  hints.push_back(std::move(statements));
}

RelationPtr Grammar::Select() {
  int32_t first = position();
  SelectList list = SelectClause();
  RelationPtr input;
  if (At(Keyword::kFrom)) {
    input = FromClause();
  } else {
    input = spec::MakeRelation(spec::OneRow{}, From(first));
  }
  return SelectBody(list, std::move(input), first);
}

RelationPtr Grammar::FromFirst() {
  int32_t first = position();
  RelationPtr from = FromClause();
  if (At(Keyword::kInsert)) {
    Fail(errors::UnsupportedFeature("FROM ... INSERT"), From(position()));
  }
  if (!At(Keyword::kSelect)) return from;
  SelectList list = SelectClause();
  RelationPtr body = QueryOrganization(SelectBody(list, std::move(from), first), first);
  if (At(Keyword::kSelect)) {
    Fail(errors::UnsupportedFeature("several SELECTs behind one FROM"), From(position()));
  }
  return body;
}

// |> SELECT takes no FROM and no WHERE: they are operators of their own.
RelationPtr Grammar::PipeSelect(RelationPtr input, int32_t first) {
  SelectList list = SelectClause();
  list.is_pipe = true;
  if (AtAny(Keyword::kFrom, Keyword::kLateral, Keyword::kWhere)) SyntaxError();
  return SelectBody(list, std::move(input), first);
}

RelationPtr Grammar::LateralViews(RelationPtr input) {
  RelationPtr result = std::move(input);
  while (At(Keyword::kLateral) && At(Keyword::kView, 1)) {
    int32_t first = position();
    SetPosition(first + 2);
    spec::LateralView view;
    view.outer = At(Keyword::kOuter) && !At(TokenKind::kLeftParen, 1) && Accept(Keyword::kOuter);
    int32_t generator = position();
    view.generator = FunctionCall(QualifiedName(), generator);
    view.table_alias = Identifier();
    if (Accept(Keyword::kAs) || AtImplicitAlias()) {
      do {
        view.column_aliases.push_back(Identifier());
      } while (Accept(TokenKind::kComma));
    }
    view.input = std::move(result);
    result = spec::MakeRelation(std::move(view), From(first));
  }
  return result;
}

// Everything of the query specification behind the select list and FROM.
RelationPtr Grammar::SelectBody(const SelectList& list, RelationPtr input, int32_t first) {
  RelationPtr result = LateralViews(std::move(input));
  if (Accept(Keyword::kWhere)) {
    spec::ExpressionPtr condition = Expression();
    result = spec::MakeRelation(spec::Filter{std::move(result), std::move(condition)}, From(first));
  }
  bool grouped = At(Keyword::kGroup);
  if (grouped) {
    result = GroupBy(list.expressions, std::move(result), first);
  }
  bool having = At(Keyword::kHaving);
  if (having && list.is_pipe) SyntaxError();
  if (!grouped && having) {
    // HAVING without GROUP BY means one group of all rows.
    spec::Aggregate aggregate;
    aggregate.input = std::move(result);
    aggregate.aggregates = list.expressions;
    result = spec::MakeRelation(std::move(aggregate), From(first));
  } else if (!grouped) {
    result = spec::MakeRelation(spec::Project{std::move(result), list.expressions}, From(first));
  }
  if (Accept(Keyword::kHaving)) {
    spec::ExpressionPtr condition = Expression();
    result = spec::MakeRelation(spec::Having{std::move(result), std::move(condition)}, From(first));
  }
  std::optional<spec::WithWindows> windows;
  if (At(Keyword::kWindow)) windows = WindowDefinitions();
  if (Accept(Keyword::kQualify)) {
    spec::ExpressionPtr condition = Expression();
    result = spec::MakeRelation(spec::Having{std::move(result), std::move(condition), true},
                                From(first));
  }
  if (list.distinct) {
    spec::Deduplicate distinct;
    distinct.input = std::move(result);
    distinct.all_columns = true;
    result = spec::MakeRelation(std::move(distinct), From(first));
  }
  if (windows) {
    windows->input = std::move(result);
    result = spec::MakeRelation(std::move(*windows), From(first));
  }
  for (auto statements = list.hints.rbegin(); statements != list.hints.rend(); ++statements) {
    for (auto hint = statements->rbegin(); hint != statements->rend(); ++hint) {
      spec::Hint above = *hint;
      above.input = std::move(result);
      result = spec::MakeRelation(std::move(above), From(first));
    }
  }
  return result;
}

}  // namespace pyrite::sql
