#include "cluster/cluster_run.h"

#include <arrow/api.h>

#include "base/type_arrow.h"
#include "engine/error_place.h"

namespace pyrite::cluster {

ClusterRun::ClusterRun(plan::RelationPtr plan, stages::StageGraph graph, std::string query,
                       const engine::QueryOptions& options, worker::Worker& coordinator,
                       Members& members)
    : plan_(std::move(plan)),
      graph_(std::move(graph)),
      query_(std::move(query)),
      options_(options),
      coordinator_(coordinator),
      members_(members),
      schema_(ToArrow(plan::SchemaOf(*plan_), options.time_zone)),
      scheduler_(graph_, query_, options_, coordinator, members) {}

ClusterRun::~ClusterRun() { Drop(); }

void ClusterRun::Start() {
  is_started_ = true;
  try {
    scheduler_.Run();
  } catch (const SparkError& error) {
    throw engine::AtPlace(error, *plan_);
  }
  auto result = coordinator_.RunResult(plan_, *graph_.stages.back().fragment,
                                       scheduler_.ResultSlots(), options_);
  std::lock_guard lock(mutex_);
  if (is_interrupted_) throw SparkError("OPERATION_CANCELED", {});
  result_ = std::move(result);
}

std::shared_ptr<arrow::RecordBatch> ClusterRun::Next() {
  try {
    if (!is_started_) Start();
    auto batch = result_ == nullptr ? nullptr : result_->Next();
    if (batch == nullptr) Drop();
    return batch;
  } catch (...) {
    Drop();
    throw;
  }
}

void ClusterRun::Drop() {
  if (is_dropped_) return;
  is_dropped_ = true;
  if (!is_started_) return;
  coordinator_.Drop(query_);
  for (const Member& member : members_.Alive()) {
    try {
      coordinator_.peers().Call(member.address, worker::kDropQuery, query_);
    } catch (const SparkError&) {
      members_.Lost(member.address);  // what it had is gone with it
    }
  }
}

void ClusterRun::Interrupt() {
  scheduler_.Cancel();
  std::lock_guard lock(mutex_);
  is_interrupted_ = true;
  if (result_ != nullptr) result_->Interrupt();
}

engine::QueryProgress ClusterRun::Progress() const {
  std::lock_guard lock(mutex_);
  engine::QueryProgress progress{scheduler_.fraction(), 0};
  if (result_ != nullptr) progress.rows = result_->Progress().rows;
  return progress;
}

engine::QueryMetrics ClusterRun::Metrics() const {
  std::lock_guard lock(mutex_);
  engine::QueryMetrics metrics;
  if (result_ != nullptr) metrics = result_->Metrics();
  metrics.seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
  return metrics;
}

}  // namespace pyrite::cluster
