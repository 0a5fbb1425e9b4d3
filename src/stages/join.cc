#include "stages/cutter.h"

namespace pyrite::stages {
namespace {

using duckdb::JoinType;

// Whether each task may have all of the right side, and some of the left.
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

// Rows of which side come out with their keys as they went in.
bool KeepsLeft(JoinType type) { return MayBroadcastRight(type); }
bool KeepsRight(JoinType type) { return type != JoinType::INNER && MayBroadcastLeft(type); }

JoinType TypeOf(const duckdb::LogicalOperator& op) {
  if (op.type == duckdb::LogicalOperatorType::LOGICAL_CROSS_PRODUCT) return JoinType::INNER;
  return op.Cast<duckdb::LogicalJoin>().join_type;
}

struct EqualKeys {
  Expressions left;
  Expressions right;
};

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
  }
  return keys;
}

// Those of `other` that stand where the keys of `rows` stand in `own`; none when the rows are not
// distributed by some of `own`.
std::optional<Expressions> Counterparts(const Distribution& rows, const Expressions& own,
                                        const Expressions& other) {
  if (rows.kind != Distribution::Kind::kHash) return std::nullopt;
  Expressions counterparts;
  for (const auto& key : rows.keys) {
    auto found = std::find_if(own.begin(), own.end(), [&](const auto& item) {
      return item->GetExpressionClass() == duckdb::ExpressionClass::BOUND_COLUMN_REF &&
             item->template Cast<duckdb::BoundColumnRefExpression>().Binding() == key;
    });
    if (found == own.end()) return std::nullopt;
    counterparts.push_back(other[found - own.begin()]->Copy());
  }
  return counterparts;
}

bool IsDistributedBy(const Distribution& rows, const Expressions& keys) {
  auto columns = PlainColumns(keys);
  return rows.kind == Distribution::Kind::kHash && columns && *columns == rows.keys;
}

}  // namespace

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
  bool may_hash = !keys.left.empty() && type != JoinType::MARK;
  double left_bytes = BytesOf(*op->children[0]);
  double right_bytes = BytesOf(*op->children[1]);
  double hash_bytes = (Counterparts(left, keys.left, keys.right) ? 0 : left_bytes) +
                      (Counterparts(right, keys.right, keys.left) ? 0 : right_bytes);
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
  return JoinByHash(op, std::move(left), std::move(right));
}

Distribution Cutter::JoinByHash(Operator& op, Distribution left, Distribution right) {
  EqualKeys keys = KeysOf(*op);
  if (auto wanted = Counterparts(left, keys.left, keys.right)) {
    if (!IsDistributedBy(right, *wanted)) right = Shuffle(op->children[1], right, *wanted);
  } else if (auto other = Counterparts(right, keys.right, keys.left)) {
    left = Shuffle(op->children[0], left, *other);
  } else {
    left = Shuffle(op->children[0], left, keys.left);
    right = Shuffle(op->children[1], right, keys.right);
  }
  JoinType type = TypeOf(*op);
  if (KeepsLeft(type)) return left;
  if (KeepsRight(type)) return right;
  Distribution split;
  split.kind = Distribution::Kind::kSplit;
  return split;
}

}  // namespace pyrite::stages
