// A query running on a cluster: its stages by the workers, its result in this process, where it is
// given out (ClusterRun) or kept (ClusterStoreRun); or in files that the workers write
// (ClusterFilesRun).
#pragma once

#include <functional>
#include <mutex>

#include "cluster/cluster.h"
#include "cluster/scheduler.h"
#include "cluster/staged_query.h"
#include "engine/engine.h"
#include "engine/write_files.h"

namespace pyrite::cluster {

// What to do when workers are lost.
template <typename Run>
struct Otherwise {
  std::function<StagedQuery()> again;               // plans the query anew
  std::function<std::unique_ptr<Run>()> fall_back;  // runs it without workers; empty: not allowed
};

// All kinds: `Run` is what this process does at the end. Workers that are lost while it reads what
// they made have the query begin anew, as long as none of its rows were given out.
template <typename Run>
class StagedRun : public Run {
 public:
  // Does nothing yet: the first Next() has the stages run.
  StagedRun(plan::RelationPtr plan, StagedQuery query, Otherwise<Run> otherwise,
            const engine::QueryOptions& options, const Cluster& cluster);
  ~StagedRun() override;

  std::shared_ptr<arrow::RecordBatch> Next() override;
  void Interrupt() override;
  engine::QueryProgress Progress() const override;
  engine::QueryMetrics Metrics() const override;
  std::string Report() const override;

 protected:
  struct Attempt {
    Attempt(StagedQuery query, const StagedRun& run)
        : query(std::move(query)),
          stages(StagesOf(this->query.graph)),
          scheduler(this->query, run.options_, run.cluster_) {}
    StagedQuery query;
    std::vector<StageReport> stages;
    Scheduler scheduler;
    bool is_started = false;
  };

  virtual std::unique_ptr<Run> MakeResult(const Attempt& attempt) = 0;
  std::unique_ptr<Run> RunStages();
  // Plans the query anew with the sizes of what has run, stage by stage.
  void Adapt(Attempt& attempt);
  void Start();
  bool MayBeginAnew(const SparkError& error) const;
  void BeginAnew();
  void KeepReport(const Attempt& attempt);
  // The query is over, or has ended with the error.
  void Finish(const std::string& error);
  // Frees what the attempt has on all nodes.
  void Drop();

  const plan::RelationPtr plan_;
  const Otherwise<Run> otherwise_;
  const engine::QueryOptions options_;
  const Cluster cluster_;
  const std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
  int attempts_ = 1;
  bool has_given_rows_ = false;
  mutable std::mutex mutex_;  // guards the rest against other threads
  bool is_interrupted_ = false;
  std::unique_ptr<Attempt> attempt_;
  std::unique_ptr<Run> result_;  // of the attempt; stays when that is dropped
  QueryReport report_;           // of the last attempt that was dropped
};

class ClusterRun : public StagedRun<engine::QueryRun> {
 public:
  using StagedRun::StagedRun;
  std::shared_ptr<arrow::Schema> schema() const override;

 private:
  std::unique_ptr<engine::QueryRun> MakeResult(const Attempt& attempt) override;
};

class ClusterStoreRun : public StagedRun<engine::StoreRun> {
 public:
  using StagedRun::StagedRun;
  std::shared_ptr<arrow::Schema> schema() const override;
  plan::StoredRows::KeptPtr rows() const override;

 private:
  std::unique_ptr<engine::StoreRun> MakeResult(const Attempt& attempt) override;
  plan::StoredRows::KeptPtr Keep(const Attempt& attempt) const;
};

class ClusterFilesRun : public StagedRun<engine::FilesRun> {
 public:
  using StagedRun::StagedRun;
  std::shared_ptr<arrow::Schema> schema() const override;
  std::vector<engine::WrittenFiles> written() const override;

 private:
  std::unique_ptr<engine::FilesRun> MakeResult(const Attempt& attempt) override;
};

}  // namespace pyrite::cluster
