// A query running on a cluster: its stages by the workers, its result in this process.
#pragma once

#include <mutex>

#include "cluster/scheduler.h"
#include "engine/engine.h"

namespace pyrite::cluster {

class ClusterRun : public engine::QueryRun {
 public:
  // Does nothing yet: the first Next() has the stages run.
  ClusterRun(plan::RelationPtr plan, stages::StageGraph graph, std::string query,
             const engine::QueryOptions& options, worker::Worker& coordinator, Members& members);
  ~ClusterRun() override;

  std::shared_ptr<arrow::Schema> schema() const override { return schema_; }
  std::shared_ptr<arrow::RecordBatch> Next() override;
  void Interrupt() override;
  engine::QueryProgress Progress() const override;
  engine::QueryMetrics Metrics() const override;

 private:
  void Start();
  // Frees what the query has on all nodes.
  void Drop();

  const plan::RelationPtr plan_;
  const stages::StageGraph graph_;
  const std::string query_;
  const engine::QueryOptions options_;
  worker::Worker& coordinator_;
  Members& members_;
  const std::shared_ptr<arrow::Schema> schema_;
  const std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
  Scheduler scheduler_;
  bool is_started_ = false;
  bool is_dropped_ = false;
  mutable std::mutex mutex_;  // guards result_ against other threads
  bool is_interrupted_ = false;
  std::unique_ptr<engine::QueryRun> result_;
};

}  // namespace pyrite::cluster
