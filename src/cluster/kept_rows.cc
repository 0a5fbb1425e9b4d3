#include "cluster/kept_rows.h"

#include <arrow/record_batch.h>
#include <arrow/type.h>

#include <algorithm>
#include <set>

#include "cluster/scheduler.h"
#include "exchange/status.h"

namespace pyrite::cluster {
namespace {

using stages::KeptOutput;

constexpr std::chrono::milliseconds kLookWhileWaiting(100);

// Rows that only the coordinator had are gone with the stages that read them.
bool CanRunAgain(const stages::StageGraph& graph) {
  return std::none_of(graph.stages.begin(), graph.stages.end(),
                      [](const stages::Stage& stage) { return stage.at_coordinator; });
}

bool IsThere(exchange::Peers& peers, const KeptOutput& output) {
  try {
    auto reader = peers.Read(arrow::schema(arrow::FieldVector()), {output.place}, {0, 0});
    std::shared_ptr<arrow::RecordBatch> none;
    exchange::Check(reader->ReadNext(&none));
    return true;
  } catch (const SparkError&) {
    return false;
  }
}

}  // namespace

KeptRows::KeptRows(std::vector<KeptOutput> outputs, Source source,
                   const engine::QueryOptions& options, const Cluster& cluster)
    : options_(options),
      cluster_(cluster),
      source_(std::move(source)),
      outputs_(std::move(outputs)),
      names_({source_.query.kept_name}) {}

KeptRows::~KeptRows() {
  std::set<std::string> addresses;
  for (const KeptOutput& output : outputs_) addresses.insert(output.place.address);
  for (const auto& name : names_) {
    for (const std::string& address : addresses) cluster_.members.Drop(address, *name);
  }
}

std::vector<KeptOutput> KeptRows::outputs() const {
  std::lock_guard lock(mutex_);
  return outputs_;
}

std::shared_ptr<arrow::RecordBatchReader> KeptRows::Open(
    const std::shared_ptr<arrow::Schema>& schema) const {
  std::vector<exchange::OutputLocation> places;
  for (const KeptOutput& output : outputs()) places.push_back(output.place);
  return cluster_.coordinator.peers().Read(schema, std::move(places), {0, 1});
}

plan::StoredRows::KeptPtr KeptRows::Here() const {
  std::lock_guard lock(restoring_);
  if (here_ == nullptr && source_.without_workers && cluster_.members.Known().empty()) {
    here_ = source_.without_workers();
  }
  return here_;
}

void KeptRows::Restore(const std::function<bool()>& is_cancelled) const {
  std::unique_lock lock(restoring_, std::defer_lock);
  while (!lock.try_lock_for(kLookWhileWaiting)) {  // another query makes them
    if (is_cancelled()) throw SparkError("OPERATION_CANCELED", {});
  }
  auto outputs = this->outputs();
  auto lost = FindLost(outputs);
  if (std::find(lost.begin(), lost.end(), true) != lost.end())
    MakeAgain(std::move(outputs), lost, is_cancelled);
}

std::vector<bool> KeptRows::FindLost(const std::vector<KeptOutput>& outputs) const {
  std::vector<bool> lost;
  for (const KeptOutput& output : outputs) {
    lost.push_back(cluster_.members.IsLost(output.place.address) ||
                   !IsThere(cluster_.coordinator.peers(), output));
  }
  return lost;
}

void KeptRows::MakeAgain(std::vector<KeptOutput> outputs, const std::vector<bool>& lost,
                         const std::function<bool()>& is_cancelled) const {
  bool all = !CanRunAgain(source_.query.graph);
  if (all) {
    source_.query = source_.again();
  } else {
    source_.query.name = cluster_.members.queries().Begin();
    source_.query.kept_name = cluster_.members.queries().Begin();
  }
  Scheduler scheduler(source_.query, options_, cluster_);
  scheduler.Extend(source_.query.graph);
  for (size_t i = 0; i < outputs.size() && !all; ++i) {
    if (!lost[i]) scheduler.Keep(static_cast<int>(i), outputs[i]);
  }
  scheduler.Run(is_cancelled);
  const std::string& name = *source_.query.name;
  cluster_.coordinator.Drop(name);
  for (const std::string& address : scheduler.served()) cluster_.members.Drop(address, name);
  std::lock_guard lock(mutex_);
  outputs_ = scheduler.Kept();
  names_.push_back(source_.query.kept_name);
}

}  // namespace pyrite::cluster
