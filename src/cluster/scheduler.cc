#include "cluster/scheduler.h"

#include <algorithm>
#include <thread>

#include "base/errors.h"

namespace pyrite::cluster {
namespace {

using stages::Read;

using Clock = std::chrono::steady_clock;

constexpr int kMaxAttempts = 4;
constexpr std::chrono::seconds kLookForMembers(1);
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

Scheduler::Scheduler(const stages::StageGraph& graph, std::string query,
                     const engine::QueryOptions& options, worker::Worker& coordinator,
                     Members& members)
    : graph_(graph),
      query_(std::move(query)),
      options_(options),
      coordinator_(coordinator),
      members_(members) {
  for (const stages::Stage& stage : graph.stages) tasks_.emplace_back(stage.tasks);
  if (!graph.IsWrite()) tasks_.pop_back();  // the result
}

void Scheduler::Run() {
  std::vector<std::thread> threads;
  threads.emplace_back([this] { Serve(coordinator_.address(), true); });
  Supervise(threads);
  for (auto& thread : threads) thread.join();
  if (cancelled_) throw SparkError("OPERATION_CANCELED", {});
  if (error_) throw *error_;
}

void Scheduler::Supervise(std::vector<std::thread>& threads) {
  Lock lock(mutex_);
  served_last_ = Clock::now();
  while (!IsOver()) {
    lock.unlock();
    std::vector<Member> alive;
    std::optional<SparkError> refused;  // of one that has come since: those before it go on
    try {
      alive = members_.Alive();
    } catch (const SparkError& error) {
      refused = error;
    }
    lock.lock();
    if (refused && served_.empty()) return End(*refused);
    for (const Member& member : alive) {
      int& serving = servers_[member.address];
      if (serving > 0) continue;
      served_.insert(member.address);
      for (; serving < member.threads; ++serving) {
        threads.emplace_back([this, address = member.address] { Serve(address, false); });
      }
    }
    WatchServers();
    changed_.wait_for(lock, kLookForMembers, [this] { return IsOver(); });
  }
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

bool Scheduler::IsOver() const { return error_ || cancelled_ || AllComplete(); }

void Scheduler::Cancel() {
  cancelled_ = true;
  stopped_ = true;
  std::lock_guard lock(mutex_);
  changed_.notify_all();
}

double Scheduler::fraction() const {
  std::lock_guard lock(mutex_);
  size_t all = 1;  // the result
  size_t done = 0;
  for (const auto& stage : tasks_) {
    all += stage.size();
    done +=
        std::count_if(stage.begin(), stage.end(), [](const auto& task) { return !!task.output; });
  }
  return static_cast<double>(done) / static_cast<double>(all);
}

// One thread of a worker: takes what is ready until there is nothing left to do.
void Scheduler::Serve(const std::string& address, bool is_coordinator) {
  Lock lock(mutex_);
  while (auto work = Take(address, is_coordinator, lock)) {
    lock.unlock();
    bool goes_on = true;
    try {
      RunOne(*work, address, is_coordinator);
    } catch (const SparkError& error) {
      goes_on = Failed(*work, address, error);
    } catch (const std::exception& error) {
      goes_on = Failed(*work, address, errors::Internal(error.what()));
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
    if (IsOver() || (!is_coordinator && served_.count(address) == 0)) return std::nullopt;
    if (auto work = FindRunnable(is_coordinator)) {
      TaskState& task = tasks_[work->stage][work->task];
      task.is_running = true;
      work->message = MessageFor(work->stage, work->task);
      ++task.attempts;
      return work;
    }
    changed_.wait(lock);
  }
}

// The first stages first: what they made is needed by all others.
std::optional<Scheduler::Work> Scheduler::FindRunnable(bool is_coordinator) const {
  for (size_t stage = 0; stage < tasks_.size(); ++stage) {
    if (graph_.stages[stage].at_coordinator != is_coordinator) continue;
    const auto& inputs = graph_.stages[stage].inputs;
    bool is_ready = std::all_of(inputs.begin(), inputs.end(),
                                [&](const auto& input) { return IsComplete(input.stage); });
    if (!is_ready) continue;
    for (size_t task = 0; task < tasks_[stage].size(); ++task) {
      const TaskState& state = tasks_[stage][task];
      if (!state.output && !state.is_running) {
        return Work{static_cast<int>(stage), static_cast<int>(task), {}};
      }
    }
  }
  return std::nullopt;
}

bool Scheduler::IsComplete(int stage) const {
  return std::all_of(tasks_[stage].begin(), tasks_[stage].end(),
                     [](const TaskState& task) { return task.output.has_value(); });
}

bool Scheduler::AllComplete() const {
  for (size_t stage = 0; stage < tasks_.size(); ++stage) {
    if (!IsComplete(static_cast<int>(stage))) return false;
  }
  return true;
}

std::vector<worker::Slot> Scheduler::SlotsOf(const stages::Stage& stage, int task) const {
  std::vector<worker::Slot> slots;
  for (const stages::Input& input : stage.inputs) {
    const auto& made = tasks_[input.stage];
    int partitions = graph_.stages[input.stage].output.count;
    worker::Slot slot;
    slot.partitions = {0, partitions};
    if (input.read == Read::kPartition) slot.partitions = {task, task + 1};
    for (size_t i = 0; i < made.size(); ++i) {
      if (input.read == Read::kForward && static_cast<int>(i) != task) continue;
      slot.outputs.push_back(*made[i].output);
    }
    slots.push_back(std::move(slot));
  }
  return slots;
}

std::vector<std::string> Scheduler::served() const {
  std::lock_guard lock(mutex_);
  return {served_.begin(), served_.end()};
}

std::vector<worker::Slot> Scheduler::ResultSlots() const {
  std::lock_guard lock(mutex_);
  return SlotsOf(graph_.stages.back(), 0);
}

std::vector<engine::WrittenFiles> Scheduler::Written() const {
  std::lock_guard lock(mutex_);
  std::vector<engine::WrittenFiles> written;
  for (const TaskState& task : tasks_.back()) written.push_back(task.written);
  return written;
}

worker::Task Scheduler::MessageFor(int stage, int task) const {
  worker::Task message;
  message.id = {query_, stage, task, tasks_[stage][task].attempts};
  message.build = worker::BuildId();
  message.slots = SlotsOf(graph_.stages[stage], task);
  message.output = graph_.stages[stage].output;
  message.time_zone = options_.time_zone;
  message.ansi = options_.ansi;
  return message;
}

void Scheduler::RunOne(Work& work, const std::string& address, bool is_coordinator) {
  const stages::Fragment& fragment = *graph_.stages[work.stage].fragment;
  worker::TaskResult result;
  if (is_coordinator) {
    result = coordinator_.RunHere(work.message, fragment, [this] { return stopped_.load(); });
  } else {
    work.message.plan = stages::SerializeTask(fragment, work.task);
    result = worker::DecodeTaskResult(coordinator_.peers().Call(
        address, worker::kRunTask, worker::Encode(work.message), &stopped_));
  }
  std::lock_guard lock(mutex_);
  TaskState& state = tasks_[work.stage][work.task];
  state.is_running = false;
  state.output = exchange::OutputLocation{address, work.message.id};
  state.written = std::move(result.written);
  changed_.notify_all();
}

bool Scheduler::Failed(const Work& work, const std::string& address, const SparkError& error) {
  std::lock_guard lock(mutex_);
  TaskState& state = tasks_[work.stage][work.task];
  state.is_running = false;
  changed_.notify_all();
  if (!IsOfTheCluster(error) || state.attempts >= kMaxAttempts) {
    End(error);
    return false;
  }
  std::string lost = Parameter(error, "worker");
  if (lost.empty()) {
    ForgetOutput(Parameter(error, "output"));
  } else {
    ForgetWorker(lost);
  }
  if (graph_.stages[work.stage].at_coordinator)
    End(error);  // its fragment has run: all begins anew
  return lost != address;
}

// What the worker had made has to be made again, but for files that it has written.
void Scheduler::ForgetWorker(const std::string& address) {
  members_.Lost(address);
  served_.erase(address);
  for (size_t stage = 0; stage < tasks_.size(); ++stage) {
    if (graph_.stages[stage].writes) continue;
    for (TaskState& task : tasks_[stage]) {
      if (task.output && task.output->address == address) task.output.reset();
    }
  }
}

void Scheduler::ForgetOutput(const std::string& id) {
  for (auto& stage : tasks_) {
    for (TaskState& task : stage) {
      if (task.output && exchange::ToString(task.output->id) == id) task.output.reset();
    }
  }
}

void Scheduler::End(const SparkError& error) {
  stopped_ = true;
  if (!error_) error_ = error;
  changed_.notify_all();
}

}  // namespace pyrite::cluster
