// Joins whose sides both have to move: the first one runs, and its size says what becomes of the
// second one, which estimates cannot know as well.
#include <algorithm>

#include "stages/cutter.h"
#include "stages/exchange_read.h"

namespace pyrite::stages {
namespace {

// The leaf that reads what was sent, which may have a projection above it.
duckdb::LogicalGet& ReadIn(duckdb::LogicalOperator& child) {
  if (child.type == duckdb::LogicalOperatorType::LOGICAL_GET) {
    return child.Cast<duckdb::LogicalGet>();
  }
  return ReadIn(*child.children[0]);
}

// Whether its number of rows is more of a guess than the number in a file.
bool IsGuess(const duckdb::LogicalOperator& op) {
  switch (op.type) {
    case duckdb::LogicalOperatorType::LOGICAL_GET: return IsSelective(op);
    case duckdb::LogicalOperatorType::LOGICAL_PROJECTION: return IsGuess(*op.children[0]);
    default: return true;
  }
}

}  // namespace

Distribution Cutter::ShuffleBoth(Operator& op, duckdb::JoinType type, const EqualKeys& keys,
                                 Distribution left, Distribution right) {
  FilteredSide filtered = SideToFilter(*op, type);
  bool right_is_smaller = BytesOf(*op->children[1]) <= BytesOf(*op->children[0]);
  bool right_first =
      filtered == FilteredSide::kLeft || (filtered == FilteredSide::kNone && right_is_smaller);
  Operator& first = op->children[right_first ? 1 : 0];
  Operator& second = op->children[right_first ? 0 : 1];
  Distribution& first_rows = right_first ? right : left;
  Distribution& second_rows = right_first ? left : right;
  const Expressions& second_keys = right_first ? keys.left : keys.right;

  bool may_broadcast = right_first ? MayBroadcastRight(type) : MayBroadcastLeft(type);
  bool is_to_run = may_broadcast && MayPay(*first, *second);
  first_rows = Shuffle(first, first_rows, right_first ? keys.right : keys.left);
  int stage = graph_.stages.back().id;
  if (is_to_run && options_.run && PaysToBroadcast(RealSizeOf(first), *second)) {
    SetInput(ReadIn(*first), {stage, Read::kAll});
    return second_rows;
  }
  if (filtered != FilteredSide::kNone) {
    KeepMatches(second, second_keys, keys.comparisons, stage);
  }
  second_rows = Shuffle(second, second_rows, second_keys);
  bool is_spread = SpreadSkewed(op, type, stage, right_first);
  Distribution joined = Joined(type, std::move(left), std::move(right));
  if (is_spread) joined.Forget();
  return joined;
}

bool Cutter::MayPay(duckdb::LogicalOperator& first, duckdb::LogicalOperator& second) {
  bool may_pay = options_.adaptive.broadcast && IsGuess(first) && BytesOf(first) < BytesOf(second);
  graph_.may_adapt |= may_pay;
  return may_pay;
}

bool Cutter::PaysToBroadcast(const StageSize& first, duckdb::LogicalOperator& second) {
  auto bytes = static_cast<double>(first.bytes());
  return bytes <= options_.broadcast_bytes && bytes * options_.tasks < BytesOf(second);
}

// Of the last stage, which `child` reads.
StageSize Cutter::RealSizeOf(Operator& child) {
  StageSize size = options_.run(graph_, graph_.stages.back().id);
  SetRows(ReadIn(*child), static_cast<double>(size.rows));
  return size;
}

// Every task has some rows of a partition that is too large for one, and all those of the other
// side that they may meet.
bool Cutter::SpreadSkewed(Operator& op, duckdb::JoinType type, int first_stage, bool right_first) {
  bool may = options_.adaptive.split_skewed && (MayBroadcastLeft(type) || MayBroadcastRight(type));
  auto is_large = [&](int stage) {
    return graph_.stages[stage].estimated_bytes >=
           static_cast<double>(options_.adaptive.skewed_bytes);
  };
  int second_stage = graph_.stages.back().id;
  if (!may || (!is_large(first_stage) && !is_large(second_stage))) return false;
  graph_.may_adapt = true;
  if (!options_.run) return false;
  StageSize second = options_.run(graph_, second_stage);
  StageSize first = options_.run(graph_, first_stage);
  std::vector<int> of_left, of_right;
  if (MayBroadcastRight(type)) of_left = SkewedIn(right_first ? second : first);
  if (MayBroadcastLeft(type)) of_right = SkewedIn(right_first ? first : second);
  std::erase_if(of_right, [&](int partition) {
    return std::find(of_left.begin(), of_left.end(), partition) != of_left.end();
  });
  if (of_left.empty() && of_right.empty()) return false;
  int left_stage = right_first ? second_stage : first_stage;
  int right_stage = right_first ? first_stage : second_stage;
  SetInput(ReadIn(*op->children[0]), {left_stage, Read::kPartition, of_left, of_right});
  SetInput(ReadIn(*op->children[1]), {right_stage, Read::kPartition, of_right, of_left});
  return true;
}

std::vector<int> Cutter::SkewedIn(const StageSize& size) const {
  std::vector<int64_t> sorted = size.partition_bytes;
  auto middle = sorted.begin() + static_cast<ptrdiff_t>(sorted.size() / 2);
  std::nth_element(sorted.begin(), middle, sorted.end());
  double most = std::max(static_cast<double>(*middle) * options_.adaptive.skewed_factor,
                         static_cast<double>(options_.adaptive.skewed_bytes));
  std::vector<int> skewed;
  for (size_t i = 0; i < size.partition_bytes.size(); ++i) {
    if (static_cast<double>(size.partition_bytes[i]) > most) skewed.push_back(static_cast<int>(i));
  }
  return skewed;
}

}  // namespace pyrite::stages
