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
  text += op.GetName() + stage.fragment->SlicesText(op) + "\n";
  for (const auto& child : op.children) Print(*child, stage, depth + 1, text);
}

}  // namespace

std::vector<StageText> TextsOf(const StageGraph& graph) {
  std::vector<StageText> texts;
  for (const Stage& stage : graph.stages) {
    bool is_result = &stage == &graph.stages.back() && !stage.writes;
    StageText text;
    text.title = "stage " + std::to_string(stage.id) + ": " + std::to_string(stage.tasks) +
                 (stage.tasks == 1 ? " task" : " tasks") +
                 (stage.at_coordinator || is_result ? " at the coordinator" : "") + ", " +
                 (is_result      ? "the result"
                  : stage.writes ? "files"
                                 : ToText(stage.output));
    Print(stage.fragment->plan(), stage, 1, text.plan);
    texts.push_back(std::move(text));
  }
  return texts;
}

std::string ToString(const StageGraph& graph) {
  auto texts = TextsOf(graph);
  std::string text;
  for (auto stage = texts.rbegin(); stage != texts.rend(); ++stage) {
    text += stage->title + "\n" + stage->plan;
  }
  return text;
}

}  // namespace pyrite::stages
