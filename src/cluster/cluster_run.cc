#include "cluster/cluster_run.h"

#include <arrow/api.h>

#include "base/type_arrow.h"
#include "engine/error_place.h"

namespace pyrite::cluster {

template <typename Run>
StagedRun<Run>::StagedRun(plan::RelationPtr plan, stages::StageGraph graph, std::string query,
                          const engine::QueryOptions& options, worker::Worker& coordinator,
                          Members& members)
    : plan_(std::move(plan)),
      graph_(std::move(graph)),
      query_(std::move(query)),
      options_(options),
      coordinator_(coordinator),
      members_(members),
      scheduler_(graph_, query_, options_, coordinator, members) {}

template <typename Run>
StagedRun<Run>::~StagedRun() {
  Drop();
}

template <typename Run>
void StagedRun<Run>::Start() {
  is_started_ = true;
  try {
    scheduler_.Run();
  } catch (const SparkError& error) {
    throw engine::AtPlace(error, *plan_);
  }
  auto result = MakeResult();
  std::lock_guard lock(mutex_);
  if (is_interrupted_) throw SparkError("OPERATION_CANCELED", {});
  result_ = std::move(result);
}

template <typename Run>
std::shared_ptr<arrow::RecordBatch> StagedRun<Run>::Next() {
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

template <typename Run>
void StagedRun<Run>::Drop() {
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

template <typename Run>
void StagedRun<Run>::Interrupt() {
  scheduler_.Cancel();
  std::lock_guard lock(mutex_);
  is_interrupted_ = true;
  if (result_ != nullptr) result_->Interrupt();
}

template <typename Run>
engine::QueryProgress StagedRun<Run>::Progress() const {
  std::lock_guard lock(mutex_);
  engine::QueryProgress progress{scheduler_.fraction(), 0};
  if (result_ != nullptr) progress.rows = result_->Progress().rows;
  return progress;
}

template <typename Run>
engine::QueryMetrics StagedRun<Run>::Metrics() const {
  std::lock_guard lock(mutex_);
  engine::QueryMetrics metrics;
  if (result_ != nullptr) metrics = result_->Metrics();
  metrics.seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
  return metrics;
}

template class StagedRun<engine::QueryRun>;
template class StagedRun<engine::StoreRun>;

std::shared_ptr<arrow::Schema> ClusterRun::schema() const {
  return ToArrow(plan::SchemaOf(*plan_), options_.time_zone);
}

std::unique_ptr<engine::QueryRun> ClusterRun::MakeResult() {
  return coordinator_.RunResult(plan_, *graph_.stages.back().fragment, scheduler_.ResultSlots(),
                                options_);
}

std::shared_ptr<arrow::Schema> ClusterStoreRun::schema() const {
  return arrow::schema(arrow::FieldVector());
}

std::unique_ptr<engine::StoreRun> ClusterStoreRun::MakeResult() {
  return coordinator_.StoreResult(plan_, *graph_.stages.back().fragment, scheduler_.ResultSlots(),
                                  options_);
}

plan::StoredRows::KeptPtr ClusterStoreRun::rows() const {
  return result_ == nullptr ? nullptr : result_->rows();
}

}  // namespace pyrite::cluster
