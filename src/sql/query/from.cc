// FROM: tables, subqueries, VALUES, table functions, aliases, samples.

#include <charconv>

#include "base/errors.h"
#include "sql/grammar.h"
#include "sql/letter_case.h"
#include "sql/parse_errors.h"

namespace pyrite::sql {

using spec::RelationPtr;

namespace {

// Spark's allowance for fractions that were computed.
constexpr double kFractionEpsilon = 1e-6;

}  // namespace

RelationPtr Grammar::FromClause() {
  int32_t first = position();
  Expect(Keyword::kFrom);
  RelationPtr result;
  do {
    int32_t item = position();
    bool lateral = At(Keyword::kLateral) && Accept(Keyword::kLateral);
    RelationPtr right = RelationWithJoins();
    if (!result) {
      result = std::move(right);
      continue;
    }
    spec::Join join;
    join.left = std::move(result);
    join.right = std::move(right);
    join.lateral = lateral;
    result = spec::MakeRelation(std::move(join), From(item));
  } while (Accept(TokenKind::kComma));
  result = LateralViews(std::move(result));
  if (At(Keyword::kPivot) && At(TokenKind::kLeftParen, 1)) {
    result = PivotClause(std::move(result), first);
  }
  if (At(Keyword::kUnpivot)) result = UnpivotClause(std::move(result), first);
  return result;
}

RelationPtr Grammar::RelationWithJoins() {
  CheckDepth();
  int32_t first = position();
  RelationPtr result = RelationPrimary();
  while (true) {
    if (AtJoin()) {
      result = JoinWith(std::move(result), first);
    } else if (At(Keyword::kPivot) && At(TokenKind::kLeftParen, 1)) {
      result = PivotClause(std::move(result), first);
    } else if (At(Keyword::kUnpivot)) {
      result = UnpivotClause(std::move(result), first);
    } else {
      return result;
    }
  }
}

RelationPtr Grammar::RelationPrimary() {
  int32_t first = position();
  if (At(TokenKind::kLeftParen)) {
    RelationPtr inner;
    if (AtParenthesizedQuery(first)) {
      inner = ParenthesizedQuery();
    } else {
      Advance();
      Accept(Keyword::kLateral);
      inner = RelationWithJoins();
      Expect(TokenKind::kRightParen);
    }
    return At(Keyword::kTablesample) ? SampleClause(std::move(inner), first)
                                     : TableAlias(std::move(inner), first);
  }
  if (At(Keyword::kValues) && AtQuery(first)) return InlineTable();
  return TableOrFunction();
}

RelationPtr Grammar::TableOrFunction() {
  int32_t first = position();
  if (At(Keyword::kStream) && AtName(1) && !At(Keyword::kAs, 1)) {
    Fail(errors::UnsupportedFeature("STREAM relations"), From(first));
  }
  spec::NameParts name = MultipartIdentifier();
  if (At(TokenKind::kLeftParen)) return TableFunction(std::move(name), first);
  bool travel =
      (At(Keyword::kFor) && (At(Keyword::kSystemVersion, 1) || At(Keyword::kVersion, 1) ||
                             At(Keyword::kSystemTime, 1) || At(Keyword::kTimestamp, 1))) ||
      ((At(Keyword::kVersion) || At(Keyword::kTimestamp) || At(Keyword::kSystemTime) ||
        At(Keyword::kSystemVersion)) &&
       At(Keyword::kAs, 1) && At(Keyword::kOf, 2));
  if (travel) Fail(errors::UnsupportedFeature("time travel"), From(first));
  if (At(Keyword::kChanges) && At(Keyword::kFrom, 1)) {
    Fail(errors::UnsupportedFeature("CHANGES FROM"), From(first));
  }
  spec::NamedTable table;
  table.name_parts = std::move(name);
  if (At(Keyword::kWith) && At(TokenKind::kLeftParen, 1)) {
    Advance();
    table.options = PropertyList();
  }
  RelationPtr relation = spec::MakeRelation(std::move(table), From(first));
  if (!At(Keyword::kTablesample)) return TableAlias(std::move(relation), first);
  return SampleClause(std::move(relation), first);
}

RelationPtr Grammar::TableFunction(spec::NameParts name, int32_t first) {
  spec::TableValuedFunction function;
  function.name_parts = std::move(name);
  Expect(TokenKind::kLeftParen);
  if (!At(TokenKind::kRightParen)) {
    do {
      function.arguments.push_back(TableFunctionArgument());
    } while (Accept(TokenKind::kComma));
  }
  Expect(TokenKind::kRightParen);
  return TableAlias(spec::MakeRelation(std::move(function), From(first)), first);
}

RelationPtr Grammar::TableAlias(RelationPtr input, int32_t first) {
  if (At(Keyword::kWatermark) && !EndsItem(1) && !At(TokenKind::kLeftParen, 1)) {
    Fail(errors::UnsupportedFeature("WATERMARK"), From(position()));
  }
  // VALUES (1) where(x): Spark takes the word for an alias when that can be.
  bool of_values = input->TryAs<spec::Values>() && AtName() &&
                   !IsStrictNonReserved(Peek().keyword) && AtNamesAtTheEnd(1);
  bool named = At(Keyword::kAs) && AtName(1) ? Accept(Keyword::kAs) : AtTableAlias() || of_values;
  if (!named) return input;
  spec::SubqueryAlias alias;
  int32_t name = position();
  alias.alias = StrictIdentifier();
  RejectHyphen(name);
  if (At(TokenKind::kLeftParen)) alias.column_aliases = IdentifierList();
  alias.input = std::move(input);
  return spec::MakeRelation(std::move(alias), From(first));
}

// TABLESAMPLE (10 PERCENT | n ROWS | BUCKET 1 OUT OF 4) [REPEATABLE (seed)] [[AS] alias]
RelationPtr Grammar::SampleClause(RelationPtr input, int32_t first) {
  Expect(Keyword::kTablesample);
  if (At(Keyword::kSystem)) Fail(errors::SystemSample(), From(first));
  Accept(Keyword::kBernoulli);
  Expect(TokenKind::kLeftParen);
  spec::Sample sample;
  spec::ExpressionPtr rows;
  const auto is_percent = [&](int at) {
    return (At(TokenKind::kInteger, at) || At(TokenKind::kDecimal, at)) &&
           At(Keyword::kPercent, at + 1);
  };
  bool percent = is_percent(0) || (At(TokenKind::kMinus) && is_percent(1));
  if (At(Keyword::kBucket) && At(TokenKind::kInteger, 1)) {
    Advance();
    double numerator = std::strtod(IntegerText().c_str(), nullptr);
    Expect(Keyword::kOut);
    Expect(Keyword::kOf);
    sample.upper_bound = numerator / std::strtod(IntegerText().c_str(), nullptr);
    if (At(Keyword::kOn))
      Fail(errors::UnsupportedSample("BUCKET x OUT OF y ON colname"), From(first));
  } else if (percent) {
    std::string sign = Accept(TokenKind::kMinus) ? "-" : "";
    sample.upper_bound =
        std::strtod((sign + std::string(TextOf(Advance()))).c_str(), nullptr) / 100;
    Advance();
  } else {
    rows = SampledRows(first);
  }
  Expect(TokenKind::kRightParen);
  if (Accept(Keyword::kRepeatable)) {
    Expect(TokenKind::kLeftParen);
    std::string text = IntegerText();
    auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), sample.seed.emplace());
    if (error != std::errc()) {
      Fail(errors::NumericLiteralOutOfRange(text, "0", "9223372036854775807", "BIGINT"),
           From(first));
    }
    Expect(TokenKind::kRightParen);
  }
  RelationPtr aliased = TableAlias(std::move(input), first);
  if (rows) {
    return spec::MakeRelation(spec::Limit{std::move(aliased), std::move(rows)}, From(first));
  }
  bool in_range =
      sample.upper_bound >= -kFractionEpsilon && sample.upper_bound <= 1 + kFractionEpsilon;
  if (!in_range) {
    Fail(errors::InvalidSampleFraction(sample.upper_bound), From(first));
  }
  sample.input = std::move(aliased);
  return spec::MakeRelation(std::move(sample), From(first));
}

// The expression in TABLESAMPLE (n ROWS).
spec::ExpressionPtr Grammar::SampledRows(int32_t first) {
  if (At(TokenKind::kWord) && At(TokenKind::kRightParen, 1)) {  // 100b
    Fail(errors::UnsupportedSample("byteLengthLiteral"), From(first));
  }
  spec::ExpressionPtr rows = Expression();
  if (At(TokenKind::kRightParen)) Fail(errors::SampleWithoutUnit(), From(first));
  if (At(Keyword::kPercent)) {
    Fail(errors::UnsupportedFeature("TABLESAMPLE of a percentage by an expression"), From(first));
  }
  Expect(Keyword::kRows);
  return rows;
}

std::string Grammar::PropertyKey() {
  if (At(TokenKind::kString)) return OneString();
  std::string key;
  for (const std::string& part : MultipartIdentifier()) key += (key.empty() ? "" : ".") + part;
  return key;
}

// ('key' = 'value', a.b 'c')
spec::Options Grammar::PropertyList() {
  spec::Options options;
  Expect(TokenKind::kLeftParen);
  do {
    std::string key = PropertyKey();
    Accept(TokenKind::kEqual);
    std::string value;
    if (At(TokenKind::kString)) {
      value = StringText();
    } else if (At(TokenKind::kInteger) || At(TokenKind::kDecimal)) {
      value = std::string(TextOf(Advance()));
    } else if (At(Keyword::kTrue) || At(Keyword::kFalse)) {
      value = Lower(TextOf(Advance()));
    } else {
      SyntaxError();
    }
    options.emplace_back(std::move(key), std::move(value));
  } while (Accept(TokenKind::kComma));
  Expect(TokenKind::kRightParen);
  return options;
}

}  // namespace pyrite::sql
