// JOIN in all its types.

#include "base/errors.h"
#include "sql/grammar.h"
#include "sql/parse_errors.h"

namespace pyrite::sql {

using spec::JoinType;
using spec::RelationPtr;

bool Grammar::AtJoin() const {
  switch (Peek().keyword) {
    case Keyword::kJoin:
    case Keyword::kInner:
    case Keyword::kCross:
    case Keyword::kLeft:
    case Keyword::kRight:
    case Keyword::kFull:
    case Keyword::kSemi:
    case Keyword::kAnti:
    case Keyword::kNatural: return true;
    default: return false;
  }
}

JoinType Grammar::ReadJoinType() {
  if (Accept(Keyword::kInner)) return JoinType::kInner;
  if (Accept(Keyword::kCross)) return JoinType::kCross;
  if (Accept(Keyword::kSemi)) return JoinType::kLeftSemi;
  if (Accept(Keyword::kAnti)) return JoinType::kLeftAnti;
  if (Accept(Keyword::kLeft)) {
    if (Accept(Keyword::kSemi)) return JoinType::kLeftSemi;
    if (Accept(Keyword::kAnti)) return JoinType::kLeftAnti;
    Accept(Keyword::kOuter);
    return JoinType::kLeftOuter;
  }
  if (Accept(Keyword::kRight)) {
    Accept(Keyword::kOuter);
    return JoinType::kRightOuter;
  }
  if (Accept(Keyword::kFull)) {
    Accept(Keyword::kOuter);
    return JoinType::kFullOuter;
  }
  return JoinType::kInner;
}

namespace {

const char* NameOf(JoinType type) {
  switch (type) {
    case JoinType::kInner: return "INNER";
    case JoinType::kCross: return "CROSS";
    case JoinType::kLeftOuter: return "LEFT OUTER";
    case JoinType::kRightOuter: return "RIGHT OUTER";
    case JoinType::kFullOuter: return "FULL OUTER";
    case JoinType::kLeftSemi: return "LEFT SEMI";
    case JoinType::kLeftAnti: return "LEFT ANTI";
  }
  return "";
}

}  // namespace

RelationPtr Grammar::JoinWith(RelationPtr left, int32_t first) {
  int32_t start = position();
  spec::Join join;
  join.natural = Accept(Keyword::kNatural);
  bool cross = At(Keyword::kCross);
  join.type = ReadJoinType();
  if (join.natural && cross) Fail(errors::IncompatibleJoinTypes("NATURAL", "CROSS"), From(start));
  Expect(Keyword::kJoin);
  join.lateral = Accept(Keyword::kLateral);
  join.left = std::move(left);
  join.right = RelationPrimary();
  if (join.lateral && join.type != JoinType::kInner && join.type != JoinType::kCross &&
      join.type != JoinType::kLeftOuter) {
    Fail(errors::InvalidLateralJoin(NameOf(join.type)), From(start));
  }
  if (!join.natural && Accept(Keyword::kOn)) {
    join.condition = Expression();
  } else if (!join.natural && At(Keyword::kUsing)) {
    Advance();
    join.using_columns = IdentifierList();
  } else if ((At(Keyword::kApprox) || At(Keyword::kExact)) && At(Keyword::kNearest, 1)) {
    Fail(errors::UnsupportedFeature("NEAREST BY joins"), From(start));
  }
  return spec::MakeRelation(std::move(join), From(first));
}

}  // namespace pyrite::sql
