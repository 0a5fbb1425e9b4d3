#include "cluster/cluster_engine.h"

#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <numeric>
#include <optional>

#include "cluster/cluster_run.h"
#include "cluster/members.h"
#include "worker/worker.h"

namespace pyrite::cluster {
namespace {

using engine::QueryOptions;

class ClusterEngine : public engine::ExecutionEngine {
 public:
  ClusterEngine(std::shared_ptr<engine::Database> database, const ClusterOptions& options)
      : options_(options),
        database_(std::move(database)),
        embedded_(engine::MakeEmbeddedEngine(database_)),
        coordinator_(worker::Worker::Start(options.node, database_)),
        members_(options.workers, coordinator_->peers(),
                 coordinator_->address() + "-" + std::to_string(getpid())),
        admission_(options.queries, options.queue_patience),
        journal_(options.query_log, options.query_pictures) {}

  std::unique_ptr<engine::QueryRun> Execute(plan::RelationPtr plan,
                                            const QueryOptions& options) override {
    auto graph = PlanFor(plan, options);
    if (!graph) return embedded_->Execute(std::move(plan), options);
    Otherwise<engine::QueryRun> otherwise{Again(plan, options), nullptr};
    if (options_.fall_back) {
      otherwise.fall_back = [this, plan, options] {
        WarnOfFallBack();
        return embedded_->Execute(plan, options);
      };
    }
    return std::make_unique<ClusterRun>(plan, Named(std::move(*graph)), std::move(otherwise),
                                        options, Shared());
  }

  std::unique_ptr<engine::QueryRun> Write(engine::WriteRequest request,
                                          const QueryOptions& options) override {
    return embedded_->Write(std::move(request), options);
  }
  std::unique_ptr<engine::StoreRun> Store(plan::RelationPtr plan,
                                          const QueryOptions& options) override {
    auto graph = PlanFor(plan, options);
    if (!graph) return embedded_->Store(std::move(plan), options);
    Otherwise<engine::StoreRun> otherwise{Again(plan, options), nullptr};
    if (options_.fall_back) {
      otherwise.fall_back = [this, plan, options] {
        WarnOfFallBack();
        return embedded_->Store(plan, options);
      };
    }
    return std::make_unique<ClusterStoreRun>(plan, Named(std::move(*graph)), std::move(otherwise),
                                             options, Shared());
  }

  std::string Explain(plan::RelationPtr plan, const QueryOptions& options,
                      bool statistics) override {
    std::string text = embedded_->Explain(plan, options, statistics);
    auto alive = members_.Alive();
    if (alive.empty()) return text;
    auto graph = stages::PlanStages(*database_, plan, options, CutFor(alive));
    return text + "\n== Stages ==\n" + stages::ToString(graph);
  }

  int64_t MemoryUsed() const override { return embedded_->MemoryUsed(); }
  void Abandon() override { embedded_->Abandon(); }

 private:
  // None: the query runs in this process.
  std::optional<stages::StageGraph> PlanFor(const plan::RelationPtr& plan,
                                            const QueryOptions& options) {
    auto alive = members_.Alive();
    if (alive.empty()) {
      if (!options_.fall_back) RaiseUnreachable();
      WarnOfFallBack();
      return std::nullopt;
    }
    has_warned_ = false;
    auto graph = stages::PlanStages(*database_, plan, options, CutFor(alive));
    if (graph.stages.size() == 1) return std::nullopt;
    return graph;
  }

  Cluster Shared() { return {*coordinator_, members_, admission_, journal_, options_.speculation}; }

  std::string WorkersText() const {
    std::string workers;
    for (const auto& worker : options_.workers->Addresses())
      workers += (workers.empty() ? "" : ", ") + worker;
    return workers.empty() ? "none is known" : workers;
  }

  [[noreturn]] void RaiseUnreachable() const {
    throw SparkError("CLUSTER_UNREACHABLE.PYRITE", {{"workers", WorkersText()}});
  }

  // In the log each time, on standard error once until a worker answers again.
  void WarnOfFallBack() {
    journal_.FellBack(WorkersText());
    if (has_warned_.exchange(true)) return;
    std::fprintf(stderr, "pyrite: no worker answers (%s): queries run in this process\n",
                 WorkersText().c_str());
  }

  stages::CutOptions CutFor(const std::vector<Member>& alive) const {
    stages::CutOptions cut = options_.cut;
    if (cut.tasks == 0) {
      cut.tasks = std::accumulate(alive.begin(), alive.end(), 0, [](int sum, const Member& member) {
        return sum + member.threads;
      });
    }
    return cut;
  }

  StagedQuery Named(stages::StageGraph graph) {
    return {std::move(graph), members_.queries().Begin()};
  }

  // The query for the workers that are there then.
  std::function<StagedQuery()> Again(const plan::RelationPtr& plan, const QueryOptions& options) {
    return [this, plan, options] {
      auto alive = members_.Alive();
      if (alive.empty()) RaiseUnreachable();
      return Named(stages::PlanStages(*database_, plan, options, CutFor(alive)));
    };
  }

  const ClusterOptions options_;
  const std::shared_ptr<engine::Database> database_;
  const std::unique_ptr<engine::ExecutionEngine> embedded_;
  const std::unique_ptr<worker::Worker> coordinator_;
  Members members_;
  Admission admission_;
  Journal journal_;
  std::atomic<bool> has_warned_ = false;
};

}  // namespace

std::unique_ptr<engine::ExecutionEngine> MakeClusterEngine(
    std::shared_ptr<engine::Database> database, const ClusterOptions& options) {
  return std::make_unique<ClusterEngine>(std::move(database), options);
}

}  // namespace pyrite::cluster
