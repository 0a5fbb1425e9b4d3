#include "stages/cutter.h"

namespace pyrite::stages {
namespace {

using duckdb::JoinType;

// Rows of which side come out with their keys as they went in.
bool KeepsLeft(JoinType type) { return MayBroadcastRight(type); }
bool KeepsRight(JoinType type) { return type != JoinType::INNER && MayBroadcastLeft(type); }

JoinType TypeOf(const duckdb::LogicalOperator& op) {
  if (op.type == duckdb::LogicalOperatorType::LOGICAL_CROSS_PRODUCT) return JoinType::INNER;
  return op.Cast<duckdb::LogicalJoin>().join_type;
}

bool IsEquality(const duckdb::JoinCondition& condition) {
  if (!condition.IsComparison()) return false;
  auto comparison = condition.GetComparisonType();
  return (comparison == duckdb::ExpressionType::COMPARE_EQUAL ||
          comparison == duckdb::ExpressionType::COMPARE_NOT_DISTINCT_FROM) &&
         condition.GetLHS().GetReturnType() == condition.GetRHS().GetReturnType();
}

EqualKeys KeysOf(const duckdb::LogicalOperator& op) {
  EqualKeys keys;
  if (op.type != duckdb::LogicalOperatorType::LOGICAL_COMPARISON_JOIN &&
      op.type != duckdb::LogicalOperatorType::LOGICAL_ASOF_JOIN) {
    return keys;
  }
  for (const auto& condition : op.Cast<duckdb::LogicalComparisonJoin>().conditions) {
    if (!IsEquality(condition)) continue;
    keys.left.push_back(condition.GetLHS().Copy());
    keys.right.push_back(condition.GetRHS().Copy());
    keys.comparisons.push_back(condition.GetComparisonType());
  }
  return keys;
}

// Whether the marks depend on the rows with equal keys only: otherwise a NULL anywhere on the right
// makes a mark NULL.
bool MarksWithoutNull(const duckdb::LogicalOperator& op, const EqualKeys& keys) {
  const auto& conditions = op.Cast<duckdb::LogicalComparisonJoin>().conditions;
  return keys.comparisons.size() == conditions.size() &&
         std::all_of(keys.comparisons.begin(), keys.comparisons.end(), [](auto comparison) {
           return comparison == duckdb::ExpressionType::COMPARE_NOT_DISTINCT_FROM;
         });
}

// Those of `other` that stand where the keys of `rows` stand in `own`; none when the rows are not
// distributed by some of `own`.
std::optional<Expressions> Counterparts(const Distribution& rows, const Expressions& own,
                                        const Expressions& other) {
  if (!rows.IsByKeys()) return std::nullopt;
  // Numbers of any width lie in the same ranges, but have hashes of their own.
  Match least = rows.kind == Distribution::Kind::kRange ? Match::kCast : Match::kSame;
  Expressions counterparts;
  for (const Key& key : rows.keys) {
    auto found = std::find_if(own.begin(), own.end(), [&](const auto& item) {
      Match match = MatchOf(key, *item);
      return match != Match::kNone && match <= least;
    });
    if (found == own.end()) return std::nullopt;
    counterparts.push_back(other[found - own.begin()]->Copy());
  }
  return counterparts;
}

}  // namespace

// Each task may have all of the right side, and some of the left.
bool MayBroadcastRight(JoinType type) {
  switch (type) {
    case JoinType::INNER:
    case JoinType::LEFT:
    case JoinType::SEMI:
    case JoinType::ANTI:
    case JoinType::MARK:
    case JoinType::SINGLE: return true;
    default: return false;
  }
}

bool MayBroadcastLeft(JoinType type) {
  switch (type) {
    case JoinType::INNER:
    case JoinType::RIGHT:
    case JoinType::RIGHT_SEMI:
    case JoinType::RIGHT_ANTI: return true;
    default: return false;
  }
}

Distribution Joined(JoinType type, Distribution left, Distribution right) {
  if (KeepsRight(type)) return right;
  if (type == JoinType::INNER) {  // both sides' columns have the keys
    for (size_t i = 0; i < left.keys.size() && i < right.keys.size(); ++i) {
      left.keys[i].Add(right.keys[i]);
    }
  } else if (!KeepsLeft(type)) {
    left.Forget();
  }
  return left;
}

Distribution Cutter::VisitJoin(Operator& op) {
  Distribution left = Visit(op->children[0]);
  Distribution right = Visit(op->children[1]);
  // It filters scans that may be in other stages; a task makes its own.
  if (op->type == duckdb::LogicalOperatorType::LOGICAL_COMPARISON_JOIN) {
    op->Cast<duckdb::LogicalComparisonJoin>().filter_pushdown.reset();
  }
  if (left.pinned || right.pinned || (left.IsSingle() && right.IsSingle())) {
    bool is_repeatable = left.repeatable && right.repeatable;
    Distribution single = Single(op, {left, right});
    single.repeatable = is_repeatable && !single.pinned;
    return single;
  }
  JoinType type = TypeOf(*op);
  bool may_right = MayBroadcastRight(type) && !left.IsSingle();
  bool may_left = MayBroadcastLeft(type) && !right.IsSingle();
  if (may_right && right.repeatable) return left;
  if (may_left && left.repeatable) return right;

  EqualKeys keys = KeysOf(*op);
  bool may_hash = !keys.left.empty() && (type != JoinType::MARK || MarksWithoutNull(*op, keys));
  if (may_hash && Collocate(left, right, keys)) return Joined(type, left, right);
  double left_bytes = BytesOf(*op->children[0]);
  double right_bytes = BytesOf(*op->children[1]);
  double hash_bytes = BytesMoved(left, left_bytes, right, right_bytes, keys);
  const auto pays = [&](double bytes) {
    return !may_hash || (bytes <= options_.broadcast_bytes && bytes * options_.tasks < hash_bytes);
  };
  bool right_is_smaller = right_bytes <= left_bytes;
  if (may_right && (right_is_smaller || !may_left) && pays(right_bytes)) {
    Broadcast(op->children[1], right);
    return left;
  }
  if (may_left && pays(left_bytes)) {
    Broadcast(op->children[0], left);
    return right;
  }
  if (may_right && !may_hash) {
    Broadcast(op->children[1], right);
    return left;
  }
  if (!may_hash) return Single(op, {left, right});
  return JoinByKeys(op, keys, std::move(left), std::move(right));
}

// How much moves when both sides meet by their keys: one side may stay where it is.
double Cutter::BytesMoved(const Distribution& left, double left_bytes, const Distribution& right,
                          double right_bytes, const EqualKeys& keys) {
  if (Counterparts(left, keys.left, keys.right)) return right_bytes;
  if (Counterparts(right, keys.right, keys.left)) return left_bytes;
  bool left_may_stay = ChoiceFor(left, keys.left, Match::kCast) != nullptr;
  bool right_may_stay = ChoiceFor(right, keys.right, Match::kCast) != nullptr;
  if (left_may_stay && right_may_stay) return std::min(left_bytes, right_bytes);
  return (left_may_stay ? 0 : left_bytes) + (right_may_stay ? 0 : right_bytes);
}

Distribution Cutter::JoinByKeys(Operator& op, const EqualKeys& keys, Distribution left,
                                Distribution right) {
  auto left_keys = Counterparts(right, keys.right, keys.left);
  auto right_keys = Counterparts(left, keys.left, keys.right);
  // Few rows that would leave out many before those move do not stay: a filter is made of a stage.
  FilteredSide filtered = SideToFilter(*op, TypeOf(*op));
  if (filtered == FilteredSide::kLeft) left_keys.reset();
  if (filtered == FilteredSide::kRight) right_keys.reset();
  if (!left_keys && !right_keys) {
    const Choice* of_left = ChoiceFor(left, keys.left, Match::kCast);
    const Choice* of_right = ChoiceFor(right, keys.right, Match::kCast);
    bool left_is_larger = BytesOf(*op->children[0]) >= BytesOf(*op->children[1]);
    if (filtered == FilteredSide::kRight) of_left = nullptr;
    if (filtered == FilteredSide::kLeft) of_right = nullptr;
    if (of_left != nullptr && (left_is_larger || of_right == nullptr)) {
      CutByRanges(left, *of_left, OwnBounds(*of_left));
      right_keys = Counterparts(left, keys.left, keys.right);
    } else if (of_right != nullptr) {
      CutByRanges(right, *of_right, OwnBounds(*of_right));
      left_keys = Counterparts(right, keys.right, keys.left);
    }
  }
  if (right_keys) {
    right = ShuffleTo(op->children[1], right, *right_keys, left);
  } else if (left_keys) {
    left = ShuffleTo(op->children[0], left, *left_keys, right);
  } else {
    return ShuffleBoth(op, TypeOf(*op), keys, std::move(left), std::move(right));
  }
  return Joined(TypeOf(*op), std::move(left), std::move(right));
}

}  // namespace pyrite::stages
