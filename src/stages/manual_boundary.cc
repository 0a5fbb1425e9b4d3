#include "base/error.h"
#include "stages/cutter.h"

namespace pyrite::stages {
namespace {

using Type = duckdb::LogicalOperatorType;

// Whether the rows come in an order that the query may ask for.
bool MayBeOrdered(const duckdb::LogicalOperator& op) {
  switch (op.type) {
    case Type::LOGICAL_ORDER_BY:
    case Type::LOGICAL_TOP_N: return true;
    case Type::LOGICAL_AGGREGATE_AND_GROUP_BY:
    case Type::LOGICAL_DISTINCT: return false;
    default: return op.children.size() == 1 && MayBeOrdered(*op.children[0]);
  }
}

[[noreturn]] void Refuse(const duckdb::LogicalOperator& op, const std::string& reason) {
  throw SparkError("CLUSTER_CUT.PYRITE",
                   {{"what", "boundary above " + op.GetName()}, {"reason", reason}});
}

}  // namespace

std::optional<Partitioning> Cutter::WishFor(const duckdb::LogicalOperator& op) const {
  if (!options_.boundary || nesting_ > 0 || MayBeOrdered(op)) return std::nullopt;
  return options_.boundary(op);
}

Distribution Cutter::CrossAsWished(Operator& op, const Distribution& rows,
                                   const Partitioning& wish) {
  manual_.insert(static_cast<int>(graph_.stages.size()));  // what is added next
  switch (wish.kind) {
    case Partitioning::Kind::kOne: return Cross(op, rows, {}, Read::kAll);
    case Partitioning::Kind::kRoundRobin: return RoundRobin(op, rows);
    case Partitioning::Kind::kHash: break;
    case Partitioning::Kind::kRange:
      Refuse(*op, "ranges need bounds, which the cut takes from a sample");
  }
  Expressions columns = ColumnsOf(*op);
  Expressions keys;
  for (int key : wish.keys) {
    if (key < 0 || key >= static_cast<int>(columns.size())) {
      Refuse(*op, "its rows have " + std::to_string(columns.size()) +
                      " columns, and none at the place " + std::to_string(key));
    }
    keys.push_back(columns[key]->Copy());
  }
  if (keys.empty()) Refuse(*op, "a hash needs keys");
  return Shuffle(op, rows, keys);
}

}  // namespace pyrite::stages
