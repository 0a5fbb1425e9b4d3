// A query running on a cluster: its stages by the workers, its result in this process, where it is
// given out (ClusterRun) or kept (ClusterStoreRun).
#pragma once

#include <mutex>

#include "cluster/scheduler.h"
#include "engine/engine.h"

namespace pyrite::cluster {

// Both kinds: `Run` is what this process does at the end.
template <typename Run>
class StagedRun : public Run {
 public:
  // Does nothing yet: the first Next() has the stages run.
  StagedRun(plan::RelationPtr plan, stages::StageGraph graph, std::string query,
            const engine::QueryOptions& options, worker::Worker& coordinator, Members& members);
  ~StagedRun() override;

  std::shared_ptr<arrow::RecordBatch> Next() override;
  void Interrupt() override;
  engine::QueryProgress Progress() const override;
  engine::QueryMetrics Metrics() const override;

 protected:
  virtual std::unique_ptr<Run> MakeResult() = 0;
  void Start();
  // Frees what the query has on all nodes.
  void Drop();

  const plan::RelationPtr plan_;
  const stages::StageGraph graph_;
  const std::string query_;
  const engine::QueryOptions options_;
  worker::Worker& coordinator_;
  Members& members_;
  const std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
  Scheduler scheduler_;
  bool is_started_ = false;
  bool is_dropped_ = false;
  mutable std::mutex mutex_;  // guards result_ against other threads
  bool is_interrupted_ = false;
  std::unique_ptr<Run> result_;
};

class ClusterRun : public StagedRun<engine::QueryRun> {
 public:
  using StagedRun::StagedRun;
  std::shared_ptr<arrow::Schema> schema() const override;

 private:
  std::unique_ptr<engine::QueryRun> MakeResult() override;
};

class ClusterStoreRun : public StagedRun<engine::StoreRun> {
 public:
  using StagedRun::StagedRun;
  std::shared_ptr<arrow::Schema> schema() const override;
  plan::StoredRows::KeptPtr rows() const override;

 private:
  std::unique_ptr<engine::StoreRun> MakeResult() override;
};

}  // namespace pyrite::cluster
