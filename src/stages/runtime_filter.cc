// Filters that one side of a join makes for the other one before that is sent anywhere: rows of the
// larger side whose keys the smaller one does not have are left out where they are read. DuckDB
// takes the keys' range, or a list or Bloom filter of them, down into the scan.
#include "stages/cutter.h"

namespace pyrite::stages {
namespace {

using duckdb::JoinType;

constexpr double kTimesLarger = 4;  // than the side that filters it
constexpr double kMostRows = 4e6;   // of the side that filters: each task has all its keys

bool MayFilterLeft(JoinType type) {
  switch (type) {
    case JoinType::INNER:
    case JoinType::RIGHT:
    case JoinType::SEMI:
    case JoinType::RIGHT_SEMI:
    case JoinType::RIGHT_ANTI: return true;
    default: return false;
  }
}

bool MayFilterRight(JoinType type) {
  switch (type) {
    case JoinType::INNER:
    case JoinType::LEFT:
    case JoinType::SEMI:
    case JoinType::ANTI:
    case JoinType::SINGLE:
    case JoinType::RIGHT_SEMI: return true;
    default: return false;
  }
}

}  // namespace

// Otherwise the other side's keys are likely all there.
bool IsSelective(const duckdb::LogicalOperator& op) {
  switch (op.type) {
    case duckdb::LogicalOperatorType::LOGICAL_FILTER: return true;
    case duckdb::LogicalOperatorType::LOGICAL_GET:
      if (op.Cast<duckdb::LogicalGet>().table_filters.HasFilters()) return true;
      break;
    default: break;
  }
  return std::any_of(op.children.begin(), op.children.end(),
                     [](const auto& child) { return IsSelective(*child); });
}

Cutter::FilteredSide Cutter::SideToFilter(duckdb::LogicalOperator& op, JoinType type) {
  const auto may_filter = [this](duckdb::LogicalOperator& by, duckdb::LogicalOperator& filtered) {
    double rows = RowsOf(by);
    return rows <= kMostRows && rows * kTimesLarger <= RowsOf(filtered) && IsSelective(by);
  };
  duckdb::LogicalOperator& left = *op.children[0];
  duckdb::LogicalOperator& right = *op.children[1];
  if (MayFilterLeft(type) && may_filter(right, left)) return FilteredSide::kLeft;
  if (MayFilterRight(type) && may_filter(left, right)) return FilteredSide::kRight;
  return FilteredSide::kNone;
}

void Cutter::KeepMatches(Operator& child, const Expressions& keys,
                         const std::vector<duckdb::ExpressionType>& comparisons, int stage) {
  const std::vector<int> places = graph_.stages[stage].output.keys;
  Operator read = ReadStage(stage, Read::kAll, binder_.GenerateTableIndex());
  Expressions columns = ColumnsOf(*read);
  auto join = duckdb::make_uniq<duckdb::LogicalComparisonJoin>(JoinType::SEMI);
  for (size_t i = 0; i < keys.size(); ++i) {
    join->conditions.emplace_back(keys[i]->Copy(), columns[places[i]]->Copy(), comparisons[i]);
  }
  join->SetEstimatedCardinality(static_cast<duckdb::idx_t>(RowsOf(*child)));
  join->children.push_back(std::move(child));
  join->children.push_back(std::move(read));
  join->ResolveOperatorTypes();
  child = std::move(join);
}

}  // namespace pyrite::stages
