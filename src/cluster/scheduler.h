// Has the tasks of a query's stages run by the workers, each stage after its inputs.
//
// A lost worker costs the tasks that it runs, a lost exchange those whose outputs it had, not the
// query: they are run again elsewhere, up to a number of failures for each task. Workers that come
// meanwhile take their share, those that end take no more; when none is left, the query waits a
// while for one. A task that takes much longer than the others of its stage is given to a second
// worker.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "base/error.h"
#include "cluster/cluster.h"
#include "cluster/staged_query.h"
#include "engine/engine.h"
#include "engine/write_files.h"
#include "stages/stage_graph.h"

namespace pyrite::cluster {

// A worker, or what it had made, is lost: tasks may run again elsewhere.
bool IsOfTheCluster(const SparkError& error);

// One query. Run belongs to one thread; Cancel may come from any.
class Scheduler {
 public:
  // Of the query's names; its stages come with Extend.
  Scheduler(const StagedQuery& query, const engine::QueryOptions& options, const Cluster& cluster);

  // Takes in the stages that the graph has more than the last one did. Kept rows that they read are
  // there afterwards. Not while it runs.
  void Extend(const stages::StageGraph& graph);
  // What a task of the last stage has made for an earlier query.
  void Keep(int task, const stages::KeptOutput& output);
  // Runs every stage that it has, but for the last one when that gives the result. Raises
  // SparkError: what ended a task, WORKER_LOST when nobody is left, or OPERATION_CANCELED, after
  // Cancel or soon after `is_cancelled`.
  void Run(const std::function<bool()>& is_cancelled = nullptr);
  void Cancel();
  bool is_cancelled() const { return cancelled_; }
  // What the last stage reads.
  std::vector<worker::Slot> ResultSlots() const;
  // What the tasks of a write have made, in their order.
  std::vector<engine::WrittenFiles> Written() const;
  // And those of a stage that keeps its rows.
  std::vector<stages::KeptOutput> Kept() const;
  stages::StageSize SizeOf(int stage) const;
  double fraction() const;
  // Whether Run has ended because there was no worker any more.
  bool nobody_is_left() const { return nobody_is_left_; }
  // The workers that have been given tasks, and the exchanges that have outputs, which are not
  // known to be lost, once Run has ended.
  std::vector<std::string> served() const;
  // The attempts that have ended.
  std::vector<TaskReport> reports() const;

 private:
  struct Work {
    TaskCopy copy;
    worker::Task message;  // but for the plan
    TaskReport report;
  };
  using Lock = std::unique_lock<std::mutex>;

  // Gives each member that is not served its threads, until the query is over.
  void Supervise(std::vector<std::thread>& threads, const std::function<bool()>& is_cancelled);
  void ForgetTheLost();
  // Ends the query when nobody has taken tasks for too long.
  void WatchServers();
  bool IsOver() const;
  void Serve(const std::string& address, bool is_coordinator);
  std::optional<Work> Take(const std::string& address, bool is_coordinator, Lock& lock);
  Work Begin(const TaskPlace& place, const std::string& address);
  void RunOne(Work& work, bool is_coordinator);
  // False: the thread that serves this address has to go.
  bool Failed(Work& work, const SparkError& error);
  bool Retry(const Work& work, const SparkError& error);
  void Forget(const std::string& address, const std::string& reason);
  void Report(Work& work, const std::string& error);
  void End(const SparkError& error);

  stages::StageGraph graph_;
  const engine::QueryOptions options_;
  const Cluster cluster_;
  std::atomic<bool> cancelled_ = false;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  TaskTable tasks_;
  std::optional<SparkError> error_;
  std::map<std::string, int> servers_;  // by worker: threads that take tasks for it
  std::set<std::string> served_;        // workers that may have tasks
  std::set<std::string> exchanges_;     // that have outputs
  std::set<std::string> leaving_;       // of those, the ones that take no more
  std::vector<TaskReport> reports_;
  std::chrono::steady_clock::time_point served_last_;
  std::atomic<bool> nobody_is_left_ = false;
};

}  // namespace pyrite::cluster
