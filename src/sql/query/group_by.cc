// GROUP BY with ALL, ROLLUP, CUBE and GROUPING SETS, alone or combined.
//
// GROUP BY a, ROLLUP(b, c) is the product of its elements' grouping sets: (a,b,c), (a,b), (a).

#include <algorithm>
#include <set>

#include "sql/grammar.h"
#include "sql/letter_case.h"
#include "sql/parse_errors.h"

namespace pyrite::sql {

using spec::Expressions;
using spec::RelationPtr;

struct Grammar::GroupingElement {
  spec::GroupType type = spec::GroupType::kGroupBy;
  std::vector<Expressions> sets;  // as written: the arguments of ROLLUP, CUBE or GROUPING SETS
};

namespace {

using Sets = std::vector<Expressions>;

void Append(Expressions& to, const Expressions& from) {
  to.insert(to.end(), from.begin(), from.end());
}

// (a, b), (a), ()
Sets RollupSets(const Sets& arguments) {
  Sets sets;
  for (size_t length = arguments.size() + 1; length-- > 0;) {
    Expressions set;
    for (size_t i = 0; i < length; ++i) Append(set, arguments[i]);
    sets.push_back(std::move(set));
  }
  return sets;
}

// Every subset, those with the first arguments first.
Sets CubeSets(const Sets& arguments) {
  Sets sets;
  for (size_t mask = size_t{1} << arguments.size(); mask-- > 0;) {
    Expressions set;
    for (size_t i = 0; i < arguments.size(); ++i) {
      if (mask >> (arguments.size() - 1 - i) & 1) Append(set, arguments[i]);
    }
    sets.push_back(std::move(set));
  }
  return sets;
}

Sets Product(const Sets& left, const Sets& right) {
  Sets product;
  for (const Expressions& a : left) {
    for (const Expressions& b : right) {
      product.push_back(a);
      Append(product.back(), b);
    }
  }
  return product;
}

Sets SetsOf(spec::GroupType type, const Sets& arguments) {
  switch (type) {
    case spec::GroupType::kRollup: return RollupSets(arguments);
    case spec::GroupType::kCube: return CubeSets(arguments);
    default: return arguments;
  }
}

// Each expression once, by its text.
Expressions Distinct(const Sets& sets) {
  Expressions distinct;
  std::set<std::string> seen;
  for (const Expressions& set : sets) {
    for (const spec::ExpressionPtr& e : set) {
      const spec::Origin& origin = e->origin;
      std::string text = origin.sql->substr(origin.start, origin.stop - origin.start);
      if (seen.insert(Lower(text)).second) distinct.push_back(e);
    }
  }
  return distinct;
}

bool AllSingle(const Sets& sets) {
  for (const Expressions& set : sets) {
    if (set.size() != 1) return false;
  }
  return true;
}

}  // namespace

Expressions Grammar::GroupingSet() {
  // (a, b) and (a) are sets here, not rows; (a) + 1 is an expression.
  if (At(TokenKind::kLeftParen)) {
    const Token& behind = TokenAt(std::min(PartnerOf(position()) + 1, EndIndex()));
    if (behind.kind == TokenKind::kComma || behind.kind == TokenKind::kRightParen) {
      Advance();
      Expressions set;
      if (!At(TokenKind::kRightParen)) set = ExpressionList();
      Expect(TokenKind::kRightParen);
      return set;
    }
  }
  return {Expression()};
}

// The list in parentheses of ROLLUP, CUBE or GROUPING SETS; in the last, elements may nest.
std::vector<Expressions> Grammar::GroupingSetList(GroupingElement& element) {
  Sets sets;
  Expect(TokenKind::kLeftParen);
  do {
    bool nested = element.type == spec::GroupType::kGroupingSets && AtGroupingAnalytics();
    if (nested) {
      GroupingElement inner = ReadGroupingElement();
      for (Expressions& set : SetsOf(inner.type, inner.sets)) sets.push_back(std::move(set));
    } else {
      sets.push_back(GroupingSet());
    }
  } while (Accept(TokenKind::kComma));
  Expect(TokenKind::kRightParen);
  return sets;
}

bool Grammar::AtGroupingAnalytics() const {
  bool sets = At(Keyword::kGrouping) && At(Keyword::kSets, 1) && At(TokenKind::kLeftParen, 2);
  return sets || ((At(Keyword::kRollup) || At(Keyword::kCube)) && At(TokenKind::kLeftParen, 1));
}

Grammar::GroupingElement Grammar::ReadGroupingElement() {
  CheckDepth();
  GroupingElement element;
  if (!AtGroupingAnalytics()) {
    element.sets = {{Expression()}};
    return element;
  }
  Keyword keyword = Advance().keyword;
  if (keyword == Keyword::kGrouping) {
    Expect(Keyword::kSets);
    element.type = spec::GroupType::kGroupingSets;
  } else {
    element.type = keyword == Keyword::kRollup ? spec::GroupType::kRollup : spec::GroupType::kCube;
  }
  element.sets = GroupingSetList(element);
  if (element.type == spec::GroupType::kCube && element.sets.size() > 12) {
    Fail(errors::TooComplexToParse(), From(position()));
  }
  return element;
}

RelationPtr Grammar::GroupBy(Expressions select, RelationPtr input, int32_t first) {
  Expect(Keyword::kGroup);
  Expect(Keyword::kBy);
  spec::Aggregate aggregate;
  aggregate.input = std::move(input);
  aggregate.aggregates = std::move(select);
  bool all = At(Keyword::kAll);
  std::vector<GroupingElement> elements;
  do {
    elements.push_back(ReadGroupingElement());
  } while (Accept(TokenKind::kComma));
  bool plain = true;
  for (const GroupingElement& e : elements) plain = plain && e.type == spec::GroupType::kGroupBy;
  if (plain) {
    for (const GroupingElement& e : elements) aggregate.grouping.push_back(e.sets[0][0]);
    const auto* name = aggregate.grouping[0]->TryAs<spec::UnresolvedAttribute>();
    if (all && elements.size() == 1 && name != nullptr && name->name_parts.size() == 1) {
      aggregate.group_by_all = true;
      aggregate.grouping.clear();
    }
    TrailingGroupingSets(aggregate);
  } else if (elements.size() == 1 && elements[0].type != spec::GroupType::kGroupingSets &&
             AllSingle(elements[0].sets)) {
    aggregate.group_type = elements[0].type;
    for (const Expressions& set : elements[0].sets) aggregate.grouping.push_back(set[0]);
  } else {
    Sets sets{{}};
    Sets written;
    for (const GroupingElement& e : elements) {
      sets = Product(sets, SetsOf(e.type, e.sets));
      written.insert(written.end(), e.sets.begin(), e.sets.end());
    }
    aggregate.group_type = spec::GroupType::kGroupingSets;
    aggregate.grouping = Distinct(written);
    aggregate.grouping_sets = std::move(sets);
  }
  return spec::MakeRelation(std::move(aggregate), From(first));
}

// GROUP BY a, b WITH ROLLUP | WITH CUBE | GROUPING SETS (...)
void Grammar::TrailingGroupingSets(spec::Aggregate& aggregate) {
  if (Accept(Keyword::kWith, Keyword::kRollup)) {
    aggregate.group_type = spec::GroupType::kRollup;
  } else if (Accept(Keyword::kWith, Keyword::kCube)) {
    aggregate.group_type = spec::GroupType::kCube;
  } else if (Accept(Keyword::kGrouping, Keyword::kSets)) {
    GroupingElement element;
    aggregate.group_type = spec::GroupType::kGroupingSets;
    aggregate.grouping_sets = GroupingSetList(element);
  }
}

}  // namespace pyrite::sql
