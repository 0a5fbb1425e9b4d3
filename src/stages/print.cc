#include "stages/exchange_read.h"
#include "stages/fragment.h"
#include "stages/stage_graph.h"

namespace pyrite::stages {
namespace {

std::string ToText(Read read) {
  switch (read) {
    case Read::kAll: return "all";
    case Read::kPartition: return "own partition";
    case Read::kForward: return "own task";
  }
  return "";
}

std::string ToText(const Partitioning& output) {
  switch (output.kind) {
    case Partitioning::Kind::kOne: return "one partition";
    case Partitioning::Kind::kRoundRobin:
      return std::to_string(output.count) + " partitions, evenly";
    case Partitioning::Kind::kRange:
      return std::to_string(output.count) + " partitions by ranges of column " +
             std::to_string(output.keys[0]);
    case Partitioning::Kind::kHash: break;
  }
  std::string keys;
  for (int key : output.keys) keys += (keys.empty() ? "" : ", ") + std::to_string(key);
  return std::to_string(output.count) + " partitions by the hash of columns " + keys;
}

void Print(const duckdb::LogicalOperator& op, const Stage& stage, int depth, std::string& text) {
  text += std::string(2 * depth, ' ');
  if (auto slot = SlotOf(op)) {
    const Input& input = stage.inputs[*slot];
    text += "EXCHANGE stage " + std::to_string(input.stage) + ", " + ToText(input.read) + "\n";
    return;
  }
  text += op.GetName();
  if (auto column = stage.fragment->RangeColumn(op); !column.empty()) {
    text += ", ranges of " + column;
  }
  text += "\n";
  for (const auto& child : op.children) Print(*child, stage, depth + 1, text);
}

}  // namespace

std::string ToString(const StageGraph& graph) {
  std::string text;
  for (auto stage = graph.stages.rbegin(); stage != graph.stages.rend(); ++stage) {
    bool is_result = stage == graph.stages.rbegin();
    text += "stage " + std::to_string(stage->id) + ": " + std::to_string(stage->tasks) +
            (stage->tasks == 1 ? " task" : " tasks") +
            (stage->at_coordinator || is_result ? " at the coordinator" : "") + ", " +
            (is_result ? "the result" : ToText(stage->output)) + "\n";
    Print(stage->fragment->plan(), *stage, 1, text);
  }
  return text;
}

}  // namespace pyrite::stages
