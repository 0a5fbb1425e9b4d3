#include "cluster/task_table.h"

#include <algorithm>
#include <utility>

namespace pyrite::cluster {

using stages::Read;

TaskTable::TaskTable(const stages::StageGraph& graph, Names names, const Speculation& speculation,
                     const engine::AdaptiveOptions& adaptive)
    : graph_(graph), names_(std::move(names)), speculation_(speculation), adaptive_(adaptive) {
  Extend();
}

void TaskTable::Extend() {
  size_t count = graph_.stages.size() - (graph_.HasResult() ? 1 : 0);
  while (stages_.size() < count) {
    const stages::Stage& stage = graph_.stages[stages_.size()];
    stages_.emplace_back(stage.tasks);
    partitions_.emplace_back();
    if (stage.kept == nullptr) continue;
    auto outputs = stage.kept->outputs();
    stages_.back().resize(outputs.size());
    for (size_t task = 0; task < outputs.size(); ++task)
      Keep(static_cast<int>(task), outputs[task]);
  }
  Coalesce();
}

void TaskTable::Keep(int task, const stages::KeptOutput& output) {
  State& state = stages_.back()[task];
  state.output = output.place;
  state.size.rows = {output.rows};
  state.size.bytes = {output.bytes};
}

// The first stages first: what they made is needed by all others.
std::optional<TaskPlace> TaskTable::FindRunnable(bool at_coordinator) const {
  for (size_t stage = 0; stage < stages_.size(); ++stage) {
    if (graph_.stages[stage].at_coordinator != at_coordinator) continue;
    if (graph_.stages[stage].kept != nullptr) continue;
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
  const std::string& name = NameOf(graph_.stages[stage]);
  state.output = exchange::OutputLocation{copy.address, {name, stage, task, copy.attempt}, ""};
  if (!result.output.address.empty()) state.output = result.output;
  state.size = result.size;
  state.written = result.written;
  state.seconds = std::chrono::duration<double>(Clock::now() - copy.begun).count();
  Coalesce();
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

void TaskTable::Lose(int stage, State& state) {
  has_lost_draws_ |= graph_.stages[stage].draws && IsComplete(stage);
  state.output.reset();
}

void TaskTable::ForgetNode(const std::string& address) {
  for (size_t stage = 0; stage < stages_.size(); ++stage) {
    bool writes = graph_.stages[stage].writes;
    for (State& state : stages_[stage]) {
      bool is_its = state.output && state.output->address == address;
      if (is_its && !writes) Lose(static_cast<int>(stage), state);
      for (const TaskCopy& copy : state.copies) {
        if (copy.address == address) *copy.stop = true;
      }
    }
  }
}

void TaskTable::ForgetOutput(const std::string& id) {
  for (size_t stage = 0; stage < stages_.size(); ++stage) {
    for (State& state : stages_[stage]) {
      bool is_it = state.output && exchange::ToString(state.output->id) == id;
      if (is_it) Lose(static_cast<int>(stage), state);
    }
  }
}

bool TaskTable::HasLostForGood() const {
  if (has_lost_draws_) return true;
  for (size_t stage = 0; stage < stages_.size(); ++stage) {
    if (graph_.stages[stage].kept != nullptr && !IsComplete(static_cast<int>(stage))) return true;
  }
  return false;
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

const std::string& TaskTable::NameOf(const stages::Stage& stage) const {
  return stage.keeps ? names_.kept : names_.query;
}

std::vector<engine::WrittenFiles> TaskTable::Written() const {
  std::vector<engine::WrittenFiles> written;
  for (const State& task : stages_.back()) written.push_back(task.written);
  return written;
}

std::vector<stages::KeptOutput> TaskTable::Kept() const {
  std::vector<stages::KeptOutput> kept;
  for (const State& task : stages_.back()) {
    kept.push_back({*task.output, task.size.rows.at(0), task.size.bytes.at(0)});
  }
  return kept;
}

}  // namespace pyrite::cluster
