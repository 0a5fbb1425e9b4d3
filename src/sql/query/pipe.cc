// The |> operators: each takes the rows of what stands before it.

#include <map>

#include "base/errors.h"
#include "sql/grammar.h"
#include "sql/letter_case.h"
#include "sql/parse_errors.h"

namespace pyrite::sql {

using spec::RelationPtr;

namespace {

// WHERE and ORDER BY may look below the select list that they stand behind; not so behind |>, where
// a column that was left out is gone.
RelationPtr Closed(RelationPtr input, spec::Origin origin) {
  bool named = input->TryAs<spec::NamedTable>() != nullptr ||
               input->TryAs<spec::SubqueryAlias>() != nullptr ||
               input->TryAs<spec::Filter>() != nullptr || input->TryAs<spec::Join>() != nullptr;
  if (named) return input;
  spec::Project all{std::move(input), {spec::Make(spec::UnresolvedStar{}, origin)}};
  return spec::MakeRelation(std::move(all), std::move(origin));
}

}  // namespace

bool Grammar::AtWord(std::string_view word) const {
  return At(TokenKind::kWord) && Upper(TextOf(Peek())) == word;
}

bool Grammar::EndsPipeStep(int ahead) const {
  return EndsItem(ahead) || At(TokenKind::kPipeOperator, ahead);
}

RelationPtr Grammar::PipeStep(RelationPtr input, int32_t first) {
  if (At(Keyword::kSelect)) return PipeSelect(std::move(input), first);
  if (AtWord("EXTEND")) return PipeExtend(std::move(input), first);
  if (AtWord("AGGREGATE")) return PipeAggregate(std::move(input), first);
  if (AtJoin()) return JoinWith(std::move(input), first);
  switch (Peek().keyword) {
    case Keyword::kSet: return PipeSet(std::move(input), first);
    case Keyword::kDrop: return PipeDrop(std::move(input), first);
    case Keyword::kAs: {
      Advance();
      spec::SubqueryAlias alias;
      alias.alias = Identifier();
      alias.input = std::move(input);
      return spec::MakeRelation(std::move(alias), From(first));
    }
    case Keyword::kWhere: {
      Advance();
      spec::Filter filter{Closed(std::move(input), From(first)), Expression()};
      return spec::MakeRelation(std::move(filter), From(first));
    }
    case Keyword::kPivot: return PivotClause(std::move(input), first);
    case Keyword::kUnpivot: return UnpivotClause(std::move(input), first);
    case Keyword::kTablesample: return SampleClause(std::move(input), first);
    case Keyword::kUnion:
    case Keyword::kExcept:
    case Keyword::kMinus:
    case Keyword::kIntersect: return SetOperationWith(std::move(input), first, true);
    case Keyword::kOrder:
    case Keyword::kSort:
    case Keyword::kCluster:
    case Keyword::kDistribute:
    case Keyword::kLimit:
    case Keyword::kOffset: return PipeOrganization(std::move(input), first);
    case Keyword::kWindow:
      Fail(SparkError("UNSUPPORTED_FEATURE.CLAUSE_WITH_PIPE_OPERATORS", {{"clauses", "WINDOW"}}),
           From(position()));
    default: return input;  // Spark lets a |> stand without an operator
  }
}

RelationPtr Grammar::PipeOrganization(RelationPtr input, int32_t first) {
  int32_t start = position();
  std::string clause = Upper(TextOf(Peek()));
  bool ordered = !AtAny(Keyword::kLimit, Keyword::kOffset);
  if (!ordered) return QueryOrganization(Closed(std::move(input), From(first)), first);
  RelationPtr result = OrderClauses(Closed(std::move(input), From(first)), first);
  if (AtAny(Keyword::kLimit, Keyword::kOffset)) {
    std::map<std::string, std::string> parameters = {{"clause1", clause + " BY"},
                                                     {"clause2", Upper(TextOf(Peek()))}};
    Fail(SparkError("MULTIPLE_QUERY_RESULT_CLAUSES_WITH_PIPE_OPERATORS", std::move(parameters)),
         From(start));
  }
  return result;
}

// EXTEND a + 1 AS b: all columns, and these behind them.
RelationPtr Grammar::PipeExtend(RelationPtr input, int32_t first) {
  Advance();
  spec::Project project;
  project.input = std::move(input);
  project.pipe_clause = "EXTEND";
  project.expressions.push_back(spec::Make(spec::UnresolvedStar{}, From(first)));
  for (spec::ExpressionPtr& e : NamedExpressionList()) {
    if (e->kind() == spec::ExpressionKind::kUnresolvedStar) {
      Fail(SparkError("INVALID_USAGE_OF_STAR_OR_REGEX",
                      {{"elem", "'*'"}, {"prettyName", "`|> EXTEND`"}}),
           e->origin);
    }
    project.expressions.push_back(std::move(e));
  }
  return spec::MakeRelation(std::move(project), From(first));
}

// SET a = a + 1, b = 2: columns in their places, one after the other.
RelationPtr Grammar::PipeSet(RelationPtr input, int32_t first) {
  Advance();
  RelationPtr result = std::move(input);
  do {
    int32_t start = position();
    spec::NameParts name = MultipartIdentifier();
    if (name.size() != 1) {
      Fail(errors::OperationNotAllowed("a qualified column in |> SET"), From(start));
    }
    Expect(TokenKind::kEqual);
    spec::Project project;
    project.input = std::move(result);
    project.pipe_clause = "SET";
    spec::UnresolvedStar star;
    star.replace.push_back(
        spec::Make(spec::Alias{Expression(), {std::move(name[0])}, ""}, From(start)));
    project.expressions.push_back(spec::Make(std::move(star), From(start)));
    result = spec::MakeRelation(std::move(project), From(first));
  } while (Accept(TokenKind::kComma));
  return result;
}

// DROP a, b
RelationPtr Grammar::PipeDrop(RelationPtr input, int32_t first) {
  Advance();
  spec::UnresolvedStar star;
  do {
    star.except.push_back(MultipartIdentifier());
  } while (Accept(TokenKind::kComma));
  spec::Project project;
  project.input = std::move(input);
  project.expressions.push_back(spec::Make(std::move(star), From(first)));
  return spec::MakeRelation(std::move(project), From(first));
}

// AGGREGATE sum(a) AS s GROUP BY b: the grouping columns, and behind them the aggregates.
RelationPtr Grammar::PipeAggregate(RelationPtr input, int32_t first) {
  int32_t start = position();
  Advance();
  spec::Aggregate aggregate;
  aggregate.input = std::move(input);
  aggregate.is_pipe = true;
  if (!At(Keyword::kGroup) && !EndsPipeStep(0)) aggregate.aggregates = NamedExpressionList();
  if (Accept(Keyword::kGroup, Keyword::kBy)) {
    aggregate.grouping_in_output = true;
    if (AtGroupingAnalytics() || (At(Keyword::kAll) && EndsPipeStep(1))) {
      Fail(errors::UnsupportedPipeGrouping(Upper(TextOf(Peek()))), From(start));
    }
    aggregate.grouping = NamedExpressionList();
    if (At(Keyword::kWith) || At(Keyword::kGrouping)) {
      Fail(errors::UnsupportedPipeGrouping("GROUPING SETS"), From(start));
    }
  } else if (aggregate.aggregates.empty()) {
    Fail(errors::OperationNotAllowed("|> AGGREGATE of nothing"), From(start));
  }
  return spec::MakeRelation(std::move(aggregate), From(first));
}

}  // namespace pyrite::sql
