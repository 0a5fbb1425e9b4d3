// What the tasks of a stage read, and how many there are of them once that is known.
#include <algorithm>

#include "cluster/task_table.h"

namespace pyrite::cluster {

using stages::Read;

Reader TaskTable::ReaderOf(const stages::Stage& stage, int task) const {
  bool is_result = static_cast<size_t>(stage.id) == stages_.size();
  if (is_result) return {task, stage.tasks, {task, task + 1}};
  const auto& partitions = partitions_[stage.id];
  int tasks = static_cast<int>(stages_[stage.id].size());
  return {task, tasks,
          partitions.empty() ? exchange::Partitions{task, task + 1} : partitions[task]};
}

std::vector<worker::Slot> TaskTable::SlotsOf(const stages::Stage& stage, int task) const {
  std::vector<worker::Slot> slots;
  for (const stages::Input& input : stage.inputs) {
    const auto& made = stages_[input.stage];
    worker::Slot slot;
    for (const Portion& portion :
         PortionsOf(input, graph_.stages[input.stage], made.size(), ReaderOf(stage, task))) {
      worker::Share share{{}, portion.partitions};
      for (size_t i : portion.tasks) share.outputs.push_back(*made[i].output);
      slot.shares.push_back(std::move(share));
    }
    slots.push_back(std::move(slot));
  }
  return slots;
}

TaskTable::Amount TaskTable::InputOf(const stages::Stage& stage, int task) const {
  Amount amount;
  for (const stages::Input& input : stage.inputs) {
    const auto& made = stages_[input.stage];
    for (const Portion& portion :
         PortionsOf(input, graph_.stages[input.stage], made.size(), ReaderOf(stage, task))) {
      for (size_t i : portion.tasks) {
        const exchange::OutputSize& size = made[i].size;
        for (int partition = portion.partitions.from; partition < portion.partitions.to;
             ++partition) {
          amount.rows += size.rows.at(partition);
          amount.bytes += size.bytes.at(partition);
        }
      }
    }
  }
  return amount;
}

bool TaskTable::MayCoalesce(const stages::Stage& stage) const {
  bool reads_partitions = false;
  for (const stages::Input& input : stage.inputs) {
    if (input.read == Read::kForward || !input.spread.empty() || !input.copied.empty()) {
      return false;
    }
    reads_partitions |= input.read == Read::kPartition;
  }
  // The number of tasks is known to who reads them one by one; and it is that of a write's files.
  bool is_counted = std::any_of(graph_.stages.begin(), graph_.stages.end(), [&](const auto& other) {
    return std::any_of(other.inputs.begin(), other.inputs.end(), [&](const stages::Input& input) {
      return input.stage == stage.id && input.read == Read::kForward;
    });
  });
  return reads_partitions && !is_counted && !stage.has_slices && !stage.writes && !stage.spreads;
}

void TaskTable::Coalesce() {
  if (!adaptive_.coalesce || !graph_.is_whole) return;
  for (size_t i = 0; i < stages_.size(); ++i) {
    const stages::Stage& stage = graph_.stages[i];
    bool is_settled = stage.tasks == 1 || !partitions_[i].empty() ||
                      std::any_of(stages_[i].begin(), stages_[i].end(),
                                  [](const State& task) { return task.attempts > 0; });
    if (is_settled || !MayCoalesce(stage) || !IsReady(stage.id)) continue;
    std::vector<int64_t> bytes(stage.tasks);
    for (const stages::Input& input : stage.inputs) {
      if (input.read != Read::kPartition) continue;
      auto size = SizeOf(input.stage);
      for (int task = 0; task < stage.tasks; ++task) bytes[task] += size.partition_bytes.at(task);
    }
    partitions_[i] = Coalesced(bytes, adaptive_.least_partition_bytes);
    stages_[i].resize(partitions_[i].size());
  }
}

stages::StageSize TaskTable::SizeOf(int stage) const {
  stages::StageSize size;
  size.partition_bytes.resize(graph_.stages[stage].output.count);
  for (const State& task : stages_[stage]) {
    for (size_t i = 0; i < task.size.rows.size(); ++i) {
      size.rows += task.size.rows[i];
      size.partition_bytes[i] += task.size.bytes[i];
    }
  }
  return size;
}

}  // namespace pyrite::cluster
