#include <numeric>

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

std::string Numbers(const std::vector<int>& numbers) {
  std::string text;
  for (int number : numbers) text += (text.empty() ? "" : ", ") + std::to_string(number);
  return text;
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
  return std::to_string(output.count) + " partitions by the hash of columns " +
         Numbers(output.keys);
}

void Print(const duckdb::LogicalOperator& op, const Stage& stage, int depth, std::string& text) {
  text += std::string(2 * depth, ' ');
  if (auto slot = SlotOf(op)) {
    const Input& input = stage.inputs[*slot];
    text += "EXCHANGE stage " + std::to_string(input.stage) + ", " + ToText(input.read);
    if (!input.spread.empty()) text += ", shares of " + Numbers(input.spread);
    if (!input.copied.empty()) text += ", all of " + Numbers(input.copied);
    text += "\n";
    return;
  }
  text += op.GetName() + stage.fragment->SlicesText(op) + "\n";
  for (const auto& child : op.children) Print(*child, stage, depth + 1, text);
}

std::string OutputText(const Stage& stage, bool is_result) {
  if (is_result) return "the result";
  if (stage.writes) return "files";
  if (stage.keeps || stage.kept != nullptr) return "kept rows";
  return ToText(stage.output);
}

}  // namespace

int64_t StageSize::bytes() const {
  return std::accumulate(partition_bytes.begin(), partition_bytes.end(), int64_t{0});
}

std::vector<StageText> TextsOf(const StageGraph& graph, size_t first) {
  std::vector<StageText> texts;
  for (size_t i = first; i < graph.stages.size(); ++i) {
    const Stage& stage = graph.stages[i];
    bool is_result = graph.HasResult() && i + 1 == graph.stages.size();
    StageText text;
    text.title = "stage " + std::to_string(stage.id) + ": " + std::to_string(stage.tasks) +
                 (stage.tasks == 1 ? " task" : " tasks") +
                 (stage.at_coordinator || is_result ? " at the coordinator" : "") + ", " +
                 OutputText(stage, is_result);
    if (stage.kept == nullptr) Print(stage.fragment->plan(), stage, 1, text.plan);
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
