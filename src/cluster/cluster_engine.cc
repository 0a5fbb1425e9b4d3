#include "cluster/cluster_engine.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <numeric>
#include <optional>

#include "cluster/cluster_run.h"
#include "cluster/members.h"
#include "engine/write.h"
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
    return Run<engine::QueryRun, ClusterRun>(
        plan, options, PlannerOf(plan, options),
        [this, plan, options] { return embedded_->Execute(plan, options); });
  }

  std::unique_ptr<engine::QueryRun> Write(engine::WriteRequest request,
                                          const QueryOptions& options) override {
    return std::make_unique<engine::WriteRun>(
        std::move(request),
        [this, options](const engine::WriteRequest& rows, const std::string& folder) {
          return FilesOf(rows, folder, options);
        });
  }
  std::unique_ptr<engine::StoreRun> Store(plan::RelationPtr plan,
                                          const QueryOptions& options) override {
    Planner planner = [this, plan, options](stages::CutOptions cut) {
      cut.keeps_rows = options.rows_may_be_made_again;
      return stages::PlanStages(*database_, plan, options, cut);
    };
    return Run<engine::StoreRun, ClusterStoreRun>(
        plan, options, planner, [this, plan, options] { return embedded_->Store(plan, options); });
  }

  std::string Explain(plan::RelationPtr plan, const QueryOptions& options,
                      bool statistics) override {
    std::string text = embedded_->Explain(plan, options, statistics);
    auto alive = members_.Alive();
    if (alive.empty()) return text;
    auto graph = stages::PlanStages(*database_, plan, options, CutFor(alive, options));
    return text + "\n== Stages ==\n" + stages::ToString(graph);
  }

  int64_t MemoryUsed() const override { return embedded_->MemoryUsed(); }
  udf::WorkerPool& PythonWorkers() override { return embedded_->PythonWorkers(); }
  void Abandon() override { embedded_->Abandon(); }

 private:
  using Planner = std::function<stages::StageGraph(const stages::CutOptions& cut)>;

  Planner PlannerOf(const plan::RelationPtr& plan, const QueryOptions& options) {
    return [this, plan, options](const stages::CutOptions& cut) {
      return stages::PlanStages(*database_, plan, options, cut);
    };
  }

  std::unique_ptr<engine::FilesRun> FilesOf(const engine::WriteRequest& request,
                                            const std::string& folder,
                                            const QueryOptions& options) {
    return Run<engine::FilesRun, ClusterFilesRun>(
        request.input, options,
        [this, request, folder, options](const stages::CutOptions& cut) {
          return stages::PlanWrite(*database_, request, folder, options, cut);
        },
        [this, request, folder, options] {
          return engine::MakeFilesRun(*database_, request, folder, options);
        });
  }

  // By the workers, or in this process, when it is not worth more or no worker answers.
  template <typename Kind, typename OnCluster>
  std::unique_ptr<Kind> Run(const plan::RelationPtr& plan, const QueryOptions& options,
                            const Planner& planner, std::function<std::unique_ptr<Kind>()> here) {
    auto query = QueryOf(planner, options);
    if (!query) return here();
    Otherwise<Kind> otherwise{Again(planner, options), nullptr};
    if (options_.fall_back) {
      otherwise.fall_back = [this, here = std::move(here)] {
        WarnOfFallBack();
        return here();
      };
    }
    return std::make_unique<OnCluster>(plan, std::move(*query), std::move(otherwise), options,
                                       Shared());
  }

  // None: the query runs in this process.
  std::optional<StagedQuery> QueryOf(const Planner& planner, const QueryOptions& options) {
    auto alive = members_.Alive();
    if (alive.empty()) {
      if (!options_.fall_back) RaiseUnreachable();
      WarnOfFallBack();
      return std::nullopt;
    }
    has_warned_ = false;
    auto query = Staged(planner, CutFor(alive, options));
    const auto& stages = query.graph.stages;
    if (stages.size() == 1 && stages[0].tasks == 1) return std::nullopt;
    return query;
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

  stages::CutOptions CutFor(const std::vector<Member>& alive, const QueryOptions& options) const {
    stages::CutOptions cut = options_.cut;
    cut.adaptive = options.adaptive;
    if (cut.tasks == 0) {
      cut.tasks = std::accumulate(alive.begin(), alive.end(), 0, [](int sum, const Member& member) {
        return sum + member.threads;
      });
      cut.tasks = std::max(cut.tasks, 1);
    }
    return cut;
  }

  StagedQuery Staged(const Planner& planner, const stages::CutOptions& cut) {
    StagedQuery query{planner(cut), members_.queries().Begin(), nullptr, nullptr};
    bool may_adapt = query.graph.may_adapt;
    if (may_adapt || query.graph.stages.back().keeps) {
      query.kept_name = members_.queries().Begin();
    }
    if (may_adapt) {
      query.adapt = [planner, cut](const StagedQuery::Run& run) {
        stages::CutOptions running = cut;
        running.run = run;
        return planner(running);
      };
    }
    return query;
  }

  // The query for the workers that are there then. None: its run waits for one, and falls back.
  std::function<StagedQuery()> Again(const Planner& planner, const QueryOptions& options) {
    return [this, planner, options] {
      auto alive = members_.Alive();
      if (alive.empty() && !options_.fall_back) RaiseUnreachable();
      return Staged(planner, CutFor(alive, options));
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
