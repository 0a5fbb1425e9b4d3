#include "base/errors.h"
#include "duckdb/planner/expression/bound_columnref_expression.hpp"
#include "stages/cutter.h"
#include "stages/exchange_read.h"

namespace pyrite::stages {
namespace {

constexpr double kTextBytes = 24;    // a guess at a string
constexpr double kNestedBytes = 64;  // and at a list, a map, a struct

double WidthOf(const duckdb::LogicalType& type) {
  auto physical = type.InternalType();
  if (physical == duckdb::PhysicalType::VARCHAR) return kTextBytes;
  if (duckdb::TypeIsConstantSize(physical)) {
    return static_cast<double>(duckdb::GetTypeIdSize(physical));
  }
  return kNestedBytes;
}

}  // namespace

double Cutter::RowsOf(duckdb::LogicalOperator& op) {
  return static_cast<double>(op.has_estimated_cardinality ? op.estimated_cardinality
                                                          : op.EstimateCardinality(context_));
}

double Cutter::BytesOf(duckdb::LogicalOperator& op) {
  double width = 0;
  op.ResolveOperatorTypes();
  for (const auto& type : op.types) width += WidthOf(type);
  return RowsOf(op) * width;
}

int Cutter::AddStage(Operator plan, const Distribution& from, Partitioning output) {
  if (from.pinned) throw errors::Internal("a stage boundary below a pinned operator");
  Stage stage;
  stage.id = static_cast<int>(graph_.stages.size());
  plan->ResolveOperatorTypes();
  stage.estimated_rows = RowsOf(*plan);
  stage.estimated_bytes = BytesOf(*plan);
  stage.inputs = NumberSlots(*plan);
  stage.tasks = from.IsSingle() ? 1 : options_.tasks;
  stage.at_coordinator = from.at_coordinator;
  stage.output = std::move(output);
  stage.spreads = HasSpread(*plan) ||
                  std::any_of(stage.inputs.begin(), stage.inputs.end(),
                              [&](const Input& input) { return manual_.contains(input.stage); });
  stage.draws = Draws(*plan);
  auto scans = ScansOf(*plan, stage.tasks);
  stage.has_slices =
      std::any_of(scans.begin(), scans.end(), [](const auto& s) { return s.is_cut; });
  stage.fragment = std::make_shared<Fragment>(std::move(plan), std::move(scans));
  graph_.stages.push_back(std::move(stage));
  return graph_.stages.back().id;
}

Operator Cutter::ReadStage(int stage, Read read, duckdb::TableIndex table) {
  const Stage& source = graph_.stages[stage];
  return MakeExchangeRead(context_, table, {stage, read}, source.fragment->types(),
                          source.estimated_rows);
}

Distribution Cutter::Cross(Operator& child, const Distribution& from, Partitioning output,
                           Read read) {
  Bindings old_columns = child->GetColumnBindings();
  int stage = AddStage(std::move(child), from, std::move(output));
  child = ReadStage(stage, read, binder_.GenerateTableIndex());
  Rebind(old_columns, child->GetColumnBindings());
  return {};
}

void Cutter::Rebind(const Bindings& from, const Bindings& to) {
  duckdb::ColumnBindingReplacer replacer;
  for (size_t i = 0; i < from.size(); ++i) {
    replacer.replacement_bindings.emplace_back(from[i], to[i]);
  }
  replacer.VisitOperator(*root_);
}

Distribution Cutter::Gather(Operator& child, const Distribution& from) {
  if (from.IsSingle()) return from;
  return Cross(child, from, {}, Read::kAll);
}

Distribution Cutter::Broadcast(Operator& child, const Distribution& from) {
  if (from.IsSingle() && from.repeatable) return from;
  Distribution all = Cross(child, from, {}, Read::kAll);
  all.repeatable = true;
  return all;
}

Distribution Cutter::RoundRobin(Operator& child, const Distribution& from) {
  Distribution to = Cross(child, from, {Partitioning::Kind::kRoundRobin, {}, options_.tasks, {}},
                          Read::kPartition);
  to.kind = Distribution::Kind::kSplit;
  return to;
}

// The columns of `plan`, and after them those of `keys` that are none of them; where the keys are.
std::vector<int> Cutter::AddKeys(Operator& plan, const Expressions& keys) {
  Expressions items = ColumnsOf(*plan);
  size_t columns = items.size();
  std::vector<int> positions;
  for (const auto& key : keys) {
    auto found = std::find_if(items.begin(), items.end(), [&](const auto& item) {
      return duckdb::Expression::Equals(*item, *key);
    });
    positions.push_back(static_cast<int>(found - items.begin()));
    if (found == items.end()) items.push_back(key->Copy());
  }
  if (items.size() > columns) {
    double rows = RowsOf(*plan);
    auto project = duckdb::make_uniq<duckdb::LogicalProjection>(binder_.GenerateTableIndex(),
                                                                std::move(items));
    project->children.push_back(std::move(plan));
    project->SetEstimatedCardinality(static_cast<duckdb::idx_t>(rows));
    plan = std::move(project);
  }
  return positions;
}

Distribution Cutter::Shuffle(Operator& child, const Distribution& from, const Expressions& keys) {
  Distribution to =
      ShuffleBy(child, from, keys, {Partitioning::Kind::kHash, {}, options_.tasks, {}});
  if (!to.keys.empty()) to.kind = Distribution::Kind::kHash;
  return to;
}

Distribution Cutter::ShuffleTo(Operator& child, const Distribution& from, const Expressions& keys,
                               const Distribution& other) {
  if (other.kind == Distribution::Kind::kHash) return Shuffle(child, from, keys);
  Distribution to =
      ShuffleBy(child, from, keys, {Partitioning::Kind::kRange, {}, options_.tasks, *other.bounds});
  if (to.keys.empty()) return to;
  to.kind = Distribution::Kind::kRange;
  to.bounds = other.bounds;
  return to;
}

// The keys of the rows are those of `keys` that are columns of theirs, if all are.
Distribution Cutter::ShuffleBy(Operator& child, const Distribution& from, const Expressions& keys,
                               Partitioning output) {
  child->ResolveOperatorTypes();
  Bindings columns = child->GetColumnBindings();
  Operator plan = std::move(child);
  output.keys = AddKeys(plan, keys);
  std::vector<int> positions = output.keys;
  int stage = AddStage(std::move(plan), from, std::move(output));
  child = ReadStage(stage, Read::kPartition, binder_.GenerateTableIndex());
  Bindings read = child->GetColumnBindings();
  Distribution to;
  to.kind = Distribution::Kind::kSplit;
  if (read.size() > columns.size()) {  // parents take columns by place: the keys go again
    child = FirstColumns(std::move(child), columns.size());
    read = child->GetColumnBindings();
    positions.clear();
  }
  Rebind(columns, read);
  for (int position : positions)
    to.keys.push_back({child->types[position], {read[position]}, {}, {}});
  return to;
}

Operator Cutter::FirstColumns(Operator plan, size_t count) {
  Expressions items = ColumnsOf(*plan);
  items.resize(count);
  auto project =
      duckdb::make_uniq<duckdb::LogicalProjection>(binder_.GenerateTableIndex(), std::move(items));
  project->SetEstimatedCardinality(plan->estimated_cardinality);
  project->children.push_back(std::move(plan));
  project->ResolveOperatorTypes();
  return project;
}

}  // namespace pyrite::stages
