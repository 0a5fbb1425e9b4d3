// Function calls: arguments, DISTINCT, WITHIN GROUP, FILTER, IGNORE NULLS, OVER.

#include <algorithm>

#include "sql/grammar.h"
#include "sql/letter_case.h"
#include "sql/parse_errors.h"

namespace pyrite::sql {

using spec::ExpressionPtr;

ExpressionPtr Grammar::FunctionCall(spec::NameParts name, int32_t first) {
  Expect(TokenKind::kLeftParen);
  spec::UnresolvedFunction call;
  call.name_parts = std::move(name);
  if (!At(TokenKind::kRightParen)) {
    if (At(Keyword::kDistinct) && !EndsItem(1)) {
      Advance();
      call.is_distinct = true;
    } else if (At(Keyword::kAll) && !EndsItem(1)) {
      Advance();
    }
    do {
      call.arguments.push_back(FunctionArgument());
    } while (Accept(TokenKind::kComma));
  }
  Expect(TokenKind::kRightParen);
  if (ExpressionPtr datetime = DatetimeArithmetic(call, first)) return datetime;
  bool star = call.arguments.size() == 1 && call.arguments[0]->TryAs<spec::UnresolvedStar>() &&
              call.arguments[0]->As<spec::UnresolvedStar>().target.empty() &&
              call.arguments[0]->As<spec::UnresolvedStar>().except.empty();
  if (star && !call.is_distinct && call.name_parts.size() == 1 &&
      Lower(call.name_parts[0]) == "count") {
    call.arguments = {spec::Constant(Literal::Int(1), call.arguments[0]->origin)};
  }
  return FunctionSuffixes(std::move(call), first);
}

ExpressionPtr Grammar::FunctionArgument() {
  if (!AtName() || !At(TokenKind::kFatArrow, 1)) return Expression();
  int32_t first = position();
  spec::NamedArgument argument;
  argument.name = Identifier();
  Advance();
  argument.value = Expression();
  return spec::Make(std::move(argument), From(first));
}

ExpressionPtr Grammar::FunctionSuffixes(spec::UnresolvedFunction call, int32_t first) {
  if (Accept(Keyword::kWithin, Keyword::kGroup)) {
    Expect(TokenKind::kLeftParen);
    Expect(Keyword::kOrder);
    Expect(Keyword::kBy);
    call.within_group = SortItems();
    Expect(TokenKind::kRightParen);
  }
  if (At(Keyword::kFilter) && At(TokenKind::kLeftParen, 1)) {
    Advance();
    Advance();
    Expect(Keyword::kWhere);
    call.filter = Expression();
    Expect(TokenKind::kRightParen);
  }
  if (Accept(Keyword::kIgnore, Keyword::kNulls)) {
    call.ignore_nulls = true;
  } else {
    Accept(Keyword::kRespect, Keyword::kNulls);
  }
  ExpressionPtr function = spec::Make(std::move(call), From(first));
  if (!At(Keyword::kOver) || EndsItem(1)) return function;
  Advance();
  spec::WindowSpec window = Window();
  return spec::Make(spec::WindowExpression{std::move(function), std::move(window)}, From(first));
}

// TIMESTAMPADD(unit, n, t) and TIMESTAMPDIFF(unit, a, b) with their synonyms. With two arguments
// the synonyms are plain functions.
ExpressionPtr Grammar::DatetimeArithmetic(const spec::UnresolvedFunction& call, int32_t first) {
  if (call.arguments.size() != 3 || call.name_parts.size() != 1) return nullptr;
  std::string name = Lower(call.name_parts[0]);
  bool add = name == "timestampadd" || name == "dateadd" || name == "date_add";
  bool difference =
      name == "timestampdiff" || name == "datediff" || name == "date_diff" || name == "timediff";
  if (!add && !difference) return nullptr;
  if (const auto* text = call.arguments[0]->TryAs<spec::LiteralValue>();
      text != nullptr && text->literal.type.IsString()) {
    Fail(errors::InvalidDatetimeUnit(name, text->literal.value.as_string()), From(first));
  }
  const auto* unit = call.arguments[0]->TryAs<spec::UnresolvedAttribute>();
  if (unit == nullptr || unit->name_parts.size() != 1) return nullptr;
  static constexpr std::string_view kUnits[] = {"YEAR",   "QUARTER",     "MONTH",      "WEEK",
                                                "DAY",    "DAYOFYEAR",   "HOUR",       "MINUTE",
                                                "SECOND", "MILLISECOND", "MICROSECOND"};
  std::string upper = Upper(unit->name_parts[0]);
  if (std::find(std::begin(kUnits), std::end(kUnits), upper) == std::end(kUnits)) return nullptr;
  ExpressionPtr unit_name =
      spec::Constant(Literal::String(unit->name_parts[0]), call.arguments[0]->origin);
  return spec::Call(add ? "timestampadd" : "timestampdiff",
                    {std::move(unit_name), call.arguments[1], call.arguments[2]}, From(first));
}

}  // namespace pyrite::sql
