// The tasks of a running query: what each has made, who runs it, what can run now. A stage whose
// inputs turn out to be small has fewer tasks than was planned.
//
// Not thread-safe.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cluster/task_inputs.h"
#include "engine/engine.h"
#include "stages/kept_source.h"
#include "stages/stage_graph.h"
#include "worker/task.h"

namespace pyrite::cluster {

// When a task that runs is given to a second worker: the first of the two to finish counts.
struct Speculation {
  double factor = 3;         // it runs so many times as long as half of its stage took; 0: never
  double least_seconds = 5;  // and at least so long
};

struct TaskPlace {
  int stage = 0;
  int task = 0;
};

// An attempt at a task.
struct TaskCopy {
  TaskPlace place;
  int attempt = 0;
  std::string address;  // of who runs it
  std::chrono::steady_clock::time_point begun;
  // True: nobody wants its output any more.
  std::shared_ptr<std::atomic<bool>> stop = std::make_shared<std::atomic<bool>>(false);
};

class TaskTable {
 public:
  using Clock = std::chrono::steady_clock;

  // The names of outputs; `kept`: of those that stay.
  struct Names {
    std::string query;
    std::string kept = "";
  };
  // All stages of the graph but the last one when that gives the result.
  TaskTable(const stages::StageGraph& graph, Names names, const Speculation& speculation,
            const engine::AdaptiveOptions& adaptive);

  // Takes in the stages that the graph has got since.
  void Extend();
  // What a task of the last stage has made for an earlier query.
  void Keep(int task, const stages::KeptOutput& output);

  // A task whose inputs are there and that nobody runs.
  std::optional<TaskPlace> FindRunnable(bool at_coordinator) const;
  // One that runs for too long, and not at `address`.
  std::optional<TaskPlace> FindSlow(const std::string& address, Clock::time_point now) const;

  TaskCopy Begin(const TaskPlace& place, const std::string& address);
  // False: another one was faster.
  bool Finish(const TaskCopy& copy, const worker::TaskResult& result);
  void GiveUp(const TaskCopy& copy);
  // Its failures so far, with this one.
  int CountFailure(const TaskPlace& place) { return ++At(place).failures; }
  // Whether another attempt has succeeded, or may.
  bool IsCovered(const TaskPlace& place) const;

  // What the worker, or the exchange, had has to be made again, but for files; nobody waits for the
  // worker.
  void ForgetNode(const std::string& address);
  void ForgetOutput(const std::string& id);
  void StopAll();
  // Whether something is lost that this query cannot make again: rows of an earlier one, or drawn
  // ones, of which others have perhaps read a part.
  bool HasLostForGood() const;

  bool AllComplete() const;
  bool IsComplete(int stage) const;
  double fraction() const;
  // What a task of the stage reads, and how much it is.
  std::vector<worker::Slot> SlotsOf(const stages::Stage& stage, int task) const;
  struct Amount {
    int64_t rows = 0;
    int64_t bytes = 0;
  };
  Amount InputOf(const stages::Stage& stage, int task) const;
  // What the tasks of a write have made, in their order.
  std::vector<engine::WrittenFiles> Written() const;
  // And those of a stage that keeps its rows.
  std::vector<stages::KeptOutput> Kept() const;
  stages::StageSize SizeOf(int stage) const;
  const std::string& NameOf(const stages::Stage& stage) const;

 private:
  struct State {
    std::optional<exchange::OutputLocation> output;
    exchange::OutputSize size;
    engine::WrittenFiles written;  // instead of an output's rows
    double seconds = 0;
    std::vector<TaskCopy> copies;  // that run
    int attempts = 0;
    int failures = 0;
  };
  bool IsReady(int stage) const;
  // Fewer tasks for the stages that can begin and have not.
  void Coalesce();
  bool MayCoalesce(const stages::Stage& stage) const;
  Reader ReaderOf(const stages::Stage& stage, int task) const;
  void Lose(int stage, State& state);
  State& At(const TaskPlace& place) { return stages_[place.stage][place.task]; }
  const State& At(const TaskPlace& place) const { return stages_[place.stage][place.task]; }
  // Seconds that half of the stage's tasks took at the most; none: less than half have finished.
  std::optional<double> Median(int stage) const;

  const stages::StageGraph& graph_;
  const Names names_;
  const Speculation speculation_;
  const engine::AdaptiveOptions adaptive_;
  std::vector<std::vector<State>> stages_;
  bool has_lost_draws_ = false;
  // By stage: the partitions of each task, once it is decided.
  std::vector<std::vector<exchange::Partitions>> partitions_;
};

}  // namespace pyrite::cluster
