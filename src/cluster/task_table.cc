#include "cluster/task_table.h"

#include <algorithm>
#include <utility>

namespace pyrite::cluster {

using stages::Read;

TaskTable::TaskTable(const stages::StageGraph& graph, std::string query,
                     const Speculation& speculation)
    : graph_(graph), query_(std::move(query)), speculation_(speculation) {
  for (const stages::Stage& stage : graph.stages) stages_.emplace_back(stage.tasks);
  if (!graph.IsWrite()) stages_.pop_back();
}

// The first stages first: what they made is needed by all others.
std::optional<TaskPlace> TaskTable::FindRunnable(bool at_coordinator) const {
  for (size_t stage = 0; stage < stages_.size(); ++stage) {
    if (graph_.stages[stage].at_coordinator != at_coordinator) continue;
    if (!IsReady(static_cast<int>(stage))) continue;
    for (size_t task = 0; task < stages_[stage].size(); ++task) {
      const State& state = stages_[stage][task];
      if (!state.output && state.copies.empty()) {
        return TaskPlace{static_cast<int>(stage), static_cast<int>(task)};
      }
    }
  }
  return std::nullopt;
}

std::optional<TaskPlace> TaskTable::FindSlow(const std::string& address,
                                             Clock::time_point now) const {
  if (speculation_.factor <= 0) return std::nullopt;
  for (size_t stage = 0; stage < stages_.size(); ++stage) {
    if (graph_.stages[stage].at_coordinator) continue;
    auto median = Median(static_cast<int>(stage));
    if (!median || !IsReady(static_cast<int>(stage))) continue;
    double patience = std::max(speculation_.least_seconds, speculation_.factor * *median);
    for (size_t task = 0; task < stages_[stage].size(); ++task) {
      const State& state = stages_[stage][task];
      if (state.output || state.copies.size() != 1) continue;
      const TaskCopy& copy = state.copies[0];
      std::chrono::duration<double> runs = now - copy.begun;
      if (copy.address != address && runs.count() > patience) return copy.place;
    }
  }
  return std::nullopt;
}

std::optional<double> TaskTable::Median(int stage) const {
  std::vector<double> seconds;
  for (const State& state : stages_[stage]) {
    if (state.output) seconds.push_back(state.seconds);
  }
  if (seconds.empty() || 2 * seconds.size() < stages_[stage].size()) return std::nullopt;
  auto middle = seconds.begin() + static_cast<ptrdiff_t>(seconds.size() / 2);
  std::nth_element(seconds.begin(), middle, seconds.end());
  return *middle;
}

TaskCopy TaskTable::Begin(const TaskPlace& place, const std::string& address) {
  State& state = At(place);
  state.copies.push_back({place, state.attempts++, address, Clock::now()});
  return state.copies.back();
}

bool TaskTable::Finish(const TaskCopy& copy, const worker::TaskResult& result) {
  GiveUp(copy);
  State& state = At(copy.place);
  if (state.output) return false;
  for (const TaskCopy& other : state.copies) *other.stop = true;
  const auto& [stage, task] = copy.place;
  state.output = exchange::OutputLocation{copy.address, {query_, stage, task, copy.attempt}, ""};
  if (!result.output.address.empty()) state.output = result.output;
  state.size = result.size;
  state.written = result.written;
  state.seconds = std::chrono::duration<double>(Clock::now() - copy.begun).count();
  return true;
}

void TaskTable::GiveUp(const TaskCopy& copy) {
  std::erase_if(At(copy.place).copies,
                [&](const TaskCopy& other) { return other.attempt == copy.attempt; });
}

bool TaskTable::IsCovered(const TaskPlace& place) const {
  const State& state = At(place);
  return state.output.has_value() || !state.copies.empty();
}

void TaskTable::ForgetNode(const std::string& address) {
  for (size_t stage = 0; stage < stages_.size(); ++stage) {
    bool writes = graph_.stages[stage].writes;
    for (State& state : stages_[stage]) {
      bool is_its = state.output && state.output->address == address;
      if (is_its && !writes) state.output.reset();
      for (const TaskCopy& copy : state.copies) {
        if (copy.address == address) *copy.stop = true;
      }
    }
  }
}

void TaskTable::ForgetOutput(const std::string& id) {
  for (auto& stage : stages_) {
    for (State& state : stage) {
      if (state.output && exchange::ToString(state.output->id) == id) state.output.reset();
    }
  }
}

void TaskTable::StopAll() {
  for (auto& stage : stages_) {
    for (State& state : stage) {
      for (const TaskCopy& copy : state.copies) *copy.stop = true;
    }
  }
}

bool TaskTable::IsComplete(int stage) const {
  return std::all_of(stages_[stage].begin(), stages_[stage].end(),
                     [](const State& state) { return state.output.has_value(); });
}

bool TaskTable::IsReady(int stage) const {
  const auto& inputs = graph_.stages[stage].inputs;
  return std::all_of(inputs.begin(), inputs.end(),
                     [this](const auto& input) { return IsComplete(input.stage); });
}

bool TaskTable::AllComplete() const {
  for (size_t stage = 0; stage < stages_.size(); ++stage) {
    if (!IsComplete(static_cast<int>(stage))) return false;
  }
  return true;
}

double TaskTable::fraction() const {
  size_t all = 1;  // the result
  size_t done = 0;
  for (const auto& stage : stages_) {
    all += stage.size();
    done +=
        std::count_if(stage.begin(), stage.end(), [](const State& task) { return !!task.output; });
  }
  return static_cast<double>(done) / static_cast<double>(all);
}

std::vector<worker::Slot> TaskTable::SlotsOf(const stages::Stage& stage, int task) const {
  std::vector<worker::Slot> slots;
  for (const stages::Input& input : stage.inputs) {
    const auto& made = stages_[input.stage];
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

TaskTable::Amount TaskTable::InputOf(const stages::Stage& stage, int task) const {
  Amount amount;
  for (const stages::Input& input : stage.inputs) {
    const auto& made = stages_[input.stage];
    for (size_t i = 0; i < made.size(); ++i) {
      if (input.read == Read::kForward && static_cast<int>(i) != task) continue;
      const exchange::OutputSize& size = made[i].size;
      for (size_t partition = 0; partition < size.rows.size(); ++partition) {
        bool is_read = input.read != Read::kPartition || static_cast<int>(partition) == task;
        if (!is_read) continue;
        amount.rows += size.rows[partition];
        amount.bytes += size.bytes[partition];
      }
    }
  }
  return amount;
}

std::vector<engine::WrittenFiles> TaskTable::Written() const {
  std::vector<engine::WrittenFiles> written;
  for (const State& task : stages_.back()) written.push_back(task.written);
  return written;
}

}  // namespace pyrite::cluster
