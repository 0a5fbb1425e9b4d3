#include "cluster/scheduler.h"

#include <algorithm>
#include <utility>

#include "base/errors.h"

namespace pyrite::cluster {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kMostFailures = 4;  // of a task
constexpr std::chrono::seconds kLookForMembers(1);
constexpr std::chrono::milliseconds kLookForSlowTasks(250);
// For one that is started again in the place of the last.
constexpr std::chrono::seconds kWaitForWorker(10);

std::string Parameter(const SparkError& error, const std::string& name) {
  auto found = error.parameters().find(name);
  return found == error.parameters().end() ? "" : found->second;
}

}  // namespace

bool IsOfTheCluster(const SparkError& error) {
  const std::string& condition = error.condition();
  return condition == "WORKER_LOST.PYRITE" || condition == "TASK_OUTPUT_MISSING.PYRITE" ||
         condition == "TASK_OUTPUT_DAMAGED.PYRITE";
}

Scheduler::Scheduler(const StagedQuery& query, const engine::QueryOptions& options,
                     const Cluster& cluster)
    : graph_{{}, false, false},
      options_(options),
      cluster_(cluster),
      tasks_(graph_, {*query.name, query.kept_name == nullptr ? "" : *query.kept_name},
             cluster.speculation, options.adaptive) {}

void Scheduler::Extend(const stages::StageGraph& graph) {
  size_t have = graph_.stages.size();
  for (size_t i = have; i < graph.stages.size(); ++i) {
    if (graph.stages[i].kept == nullptr) continue;
    graph.stages[i].kept->Restore([this] { return is_cancelled(); });
  }
  std::lock_guard lock(mutex_);
  graph_.stages.insert(graph_.stages.end(), graph.stages.begin() + static_cast<ptrdiff_t>(have),
                       graph.stages.end());
  graph_.is_whole = graph.is_whole;
  tasks_.Extend();
}

void Scheduler::Keep(int task, const stages::KeptOutput& output) {
  std::lock_guard lock(mutex_);
  tasks_.Keep(task, output);
}

void Scheduler::Run(const std::function<bool()>& is_cancelled) {
  std::vector<std::thread> threads;
  threads.emplace_back([this] { Serve(cluster_.coordinator.address(), true); });
  Supervise(threads, is_cancelled);
  for (auto& thread : threads) thread.join();
  if (cancelled_) throw SparkError("OPERATION_CANCELED", {});
  if (error_) throw *error_;
}

void Scheduler::Supervise(std::vector<std::thread>& threads,
                          const std::function<bool()>& is_cancelled) {
  Lock lock(mutex_);
  served_last_ = Clock::now();
  while (!IsOver()) {
    lock.unlock();
    if (is_cancelled && is_cancelled()) Cancel();
    std::vector<Member> alive;
    std::optional<SparkError> refused;  // of one that has come since: those before it go on
    try {
      alive = cluster_.members.Known();
    } catch (const SparkError& error) {
      refused = error;
    }
    lock.lock();
    if (refused && served_.empty()) return End(*refused);
    ForgetTheLost();
    for (const Member& member : alive) {
      int& serving = servers_[member.address];
      if (serving > 0) continue;
      served_.insert(member.address);
      leaving_.erase(member.address);
      for (; serving < member.threads; ++serving) {
        threads.emplace_back([this, address = member.address] { Serve(address, false); });
      }
    }
    WatchServers();
    changed_.wait_for(lock, kLookForMembers, [this] { return IsOver(); });
  }
}

// Those that the heartbeats have found to be gone, whether a call to them runs or not.
void Scheduler::ForgetTheLost() {
  std::vector<std::string> lost;
  for (const auto& addresses : {served_, exchanges_}) {
    for (const std::string& address : addresses) {
      if (cluster_.members.IsLost(address)) lost.push_back(address);
    }
  }
  for (const std::string& address : lost) Forget(address, "it does not answer");
}

void Scheduler::WatchServers() {
  bool is_served = std::any_of(servers_.begin(), servers_.end(),
                               [](const auto& server) { return server.second > 0; });
  if (is_served) {
    served_last_ = Clock::now();
  } else if (Clock::now() - served_last_ >= kWaitForWorker) {
    nobody_is_left_ = true;
    const std::string worker = servers_.empty() ? "" : servers_.rbegin()->first;
    End(SparkError("WORKER_LOST.PYRITE", {{"worker", worker}, {"reason", "no other is left"}}));
  }
}

bool Scheduler::IsOver() const { return error_ || cancelled_ || tasks_.AllComplete(); }

void Scheduler::Cancel() {
  cancelled_ = true;
  std::lock_guard lock(mutex_);
  tasks_.StopAll();
  changed_.notify_all();
}

double Scheduler::fraction() const {
  std::lock_guard lock(mutex_);
  return tasks_.fraction();
}

// One thread of a worker: takes what is ready until there is nothing left to do.
void Scheduler::Serve(const std::string& address, bool is_coordinator) {
  Lock lock(mutex_);
  while (auto work = Take(address, is_coordinator, lock)) {
    lock.unlock();
    bool goes_on = true;
    try {
      RunOne(*work, is_coordinator);
    } catch (const SparkError& error) {
      goes_on = Failed(*work, error);
    } catch (const std::exception& error) {
      goes_on = Failed(*work, errors::Internal(error.what()));
    }
    lock.lock();
    if (!goes_on) break;
  }
  if (!is_coordinator) --servers_[address];
  changed_.notify_all();
}

std::optional<Scheduler::Work> Scheduler::Take(const std::string& address, bool is_coordinator,
                                               Lock& lock) {
  for (;;) {
    if (IsOver()) return std::nullopt;
    if (!is_coordinator && (!served_.contains(address) || leaving_.contains(address))) {
      return std::nullopt;
    }
    auto place = tasks_.FindRunnable(is_coordinator);
    if (!place && !is_coordinator) place = tasks_.FindSlow(address, Clock::now());
    if (place) return Begin(*place, address);
    changed_.wait_for(lock, kLookForSlowTasks);
  }
}

Scheduler::Work Scheduler::Begin(const TaskPlace& place, const std::string& address) {
  const stages::Stage& stage = graph_.stages[place.stage];
  Work work;
  work.copy = tasks_.Begin(place, address);
  worker::Task& message = work.message;
  message.id = {tasks_.NameOf(stage), place.stage, place.task, work.copy.attempt};
  message.tasks = stage.tasks;
  message.keeps = stage.keeps;
  message.build = worker::BuildId();
  message.coordinator = cluster_.coordinator.address();
  message.slots = tasks_.SlotsOf(stage, place.task);
  message.output = stage.output;
  message.time_zone = options_.time_zone;
  message.ansi = options_.ansi;
  auto amount = tasks_.InputOf(stage, place.task);
  work.report.id = message.id;
  work.report.worker = address;
  work.report.rows_read = amount.rows;
  work.report.bytes_read = amount.bytes;
  return work;
}

std::vector<std::string> Scheduler::served() const {
  std::lock_guard lock(mutex_);
  std::vector<std::string> addresses(served_.begin(), served_.end());
  addresses.insert(addresses.end(), exchanges_.begin(), exchanges_.end());
  return addresses;
}

std::vector<worker::Slot> Scheduler::ResultSlots() const {
  std::lock_guard lock(mutex_);
  return tasks_.SlotsOf(graph_.stages.back(), 0);
}

std::vector<engine::WrittenFiles> Scheduler::Written() const {
  std::lock_guard lock(mutex_);
  return tasks_.Written();
}

std::vector<stages::KeptOutput> Scheduler::Kept() const {
  std::lock_guard lock(mutex_);
  return tasks_.Kept();
}

stages::StageSize Scheduler::SizeOf(int stage) const {
  std::lock_guard lock(mutex_);
  return tasks_.SizeOf(stage);
}

std::vector<TaskReport> Scheduler::reports() const {
  std::lock_guard lock(mutex_);
  return reports_;
}

void Scheduler::RunOne(Work& work, bool is_coordinator) {
  const auto& [stage, task] = work.copy.place;
  const stages::Fragment& fragment = *graph_.stages[stage].fragment;
  worker::Worker& coordinator = cluster_.coordinator;
  const std::atomic<bool>* stop = work.copy.stop.get();
  if (is_coordinator) {
    work.report.result =
        coordinator.RunHere(work.message, fragment, [stop] { return stop->load(); });
  } else {
    work.message.plan = stages::SerializeTask(fragment, task);
    work.report.result = worker::DecodeTaskResult(coordinator.peers().Call(
        work.copy.address, worker::kRunTask, worker::Encode(work.message), stop));
  }
  std::lock_guard lock(mutex_);
  const std::string& holder = work.report.result.output.address;
  if (!holder.empty() && holder != work.copy.address) exchanges_.insert(holder);
  work.report.is_used = tasks_.Finish(work.copy, work.report.result);
  Report(work, "");
  changed_.notify_all();
}

bool Scheduler::Failed(Work& work, const SparkError& error) {
  std::lock_guard lock(mutex_);
  bool was_stopped = *work.copy.stop && error.condition() == "OPERATION_CANCELED";
  tasks_.GiveUp(work.copy);
  Report(work, error.condition());
  changed_.notify_all();
  if (error.condition() == "WORKER_DRAINING.PYRITE") {  // what it has made is still there
    cluster_.members.Drains(work.copy.address);
    leaving_.insert(work.copy.address);
    return false;
  }
  return was_stopped || Retry(work, error);
}

bool Scheduler::Retry(const Work& work, const SparkError& error) {
  std::string lost = Parameter(error, "worker");
  if (error.condition() == "WORKER_LOST.PYRITE") {
    if (lost == work.copy.address) {
      cluster_.members.Lost(lost);
    } else {
      cluster_.members.Doubt(lost);
    }
    Forget(lost, Parameter(error, "reason"));
  } else if (IsOfTheCluster(error)) {
    tasks_.ForgetOutput(Parameter(error, "output"));
    if (tasks_.HasLostForGood()) End(error);  // all begins anew
  }
  bool is_final = !IsOfTheCluster(error) || tasks_.CountFailure(work.copy.place) >= kMostFailures;
  if (is_final && !tasks_.IsCovered(work.copy.place)) {
    End(error);
    return false;
  }
  // Its fragment has run: all begins anew.
  if (graph_.stages[work.copy.place.stage].at_coordinator) End(error);
  return lost != work.copy.address;
}

// What it had has to be made again, but for files that it has written.
void Scheduler::Forget(const std::string& address, const std::string& reason) {
  if (served_.erase(address) > 0) cluster_.journal.WorkerLost(address, reason);
  if (exchanges_.erase(address) > 0) cluster_.journal.ExchangeLost(address, reason);
  tasks_.ForgetNode(address);
  if (tasks_.HasLostForGood()) {
    End(SparkError("WORKER_LOST.PYRITE", {{"worker", address}, {"reason", reason}}));
  }
}

void Scheduler::Report(Work& work, const std::string& error) {
  std::chrono::duration<double> seconds = Clock::now() - work.copy.begun;
  work.report.seconds = seconds.count();
  work.report.error = error;
  cluster_.journal.Ended(work.report);
  reports_.push_back(work.report);
}

void Scheduler::End(const SparkError& error) {
  if (!error_) error_ = error;
  tasks_.StopAll();
  changed_.notify_all();
}

}  // namespace pyrite::cluster
