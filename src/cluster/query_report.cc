#include "cluster/query_report.h"

#include <algorithm>
#include <cstdio>
#include <numeric>

namespace pyrite::cluster {
namespace {

int64_t Sum(const std::vector<int64_t>& numbers) {
  return std::accumulate(numbers.begin(), numbers.end(), int64_t{0});
}

using Table = std::vector<std::vector<std::string>>;

// Numbers are right-aligned, which all columns but the first and the last are.
std::string Aligned(const Table& table) {
  std::vector<size_t> widths(table[0].size());
  for (const auto& row : table) {
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string text;
  for (const auto& row : table) {
    std::string line = "   ";
    for (size_t i = 0; i < row.size(); ++i) {
      std::string space(widths[i] - row[i].size(), ' ');
      bool is_word = i == 0 || i + 1 == row.size();
      line += " " + (is_word ? row[i] + space : space + row[i]);
    }
    text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return text;
}

std::string StateOf(const TaskReport& task) {
  if (!task.error.empty()) return task.error;
  return task.is_used ? "" : "another was faster";
}

}  // namespace

std::vector<StageReport> StagesOf(const stages::StageGraph& graph, size_t first) {
  auto texts = stages::TextsOf(graph, first);
  std::vector<StageReport> reports;
  for (size_t i = first; i < graph.stages.size(); ++i) {
    const stages::Stage& stage = graph.stages[i];
    StageReport report{texts[i - first], {}, stage.tasks};
    for (const stages::Input& input : stage.inputs) report.inputs.push_back(input.stage);
    reports.push_back(std::move(report));
  }
  return reports;
}

StageTotal TotalOf(const QueryReport& report, int stage) {
  StageTotal total;
  for (const TaskReport& task : report.tasks) {
    if (task.id.stage != stage || !task.is_used) continue;
    total.rows += RowsOf(task.result.size);
    total.bytes += BytesOf(task.result.size);
    total.seconds = std::max(total.seconds, task.seconds);
    total.spill_bytes = std::max(total.spill_bytes, task.result.spill_bytes);
  }
  return total;
}

std::string BytesText(int64_t bytes) {
  static const char* const kUnits[] = {"B", "KiB", "MiB", "GiB", "TiB"};
  auto number = static_cast<double>(bytes);
  size_t unit = 0;
  for (; number >= 1024 && unit + 1 < std::size(kUnits); ++unit) number /= 1024;
  char text[32];
  std::snprintf(text, sizeof(text), unit == 0 ? "%.0f %s" : "%.1f %s", number, kUnits[unit]);
  return text;
}

std::string SecondsText(double seconds) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.3f s", seconds);
  return text;
}

int64_t RowsOf(const exchange::OutputSize& size) { return Sum(size.rows); }
int64_t BytesOf(const exchange::OutputSize& size) { return Sum(size.bytes); }

const std::vector<std::string>& TaskHeadings() {
  static const std::vector<std::string> headings = {"worker", "task",      "attempt",    "time",
                                                    "waited", "rows read", "bytes read", "rows",
                                                    "bytes",  "in a file", "spilled",    ""};
  return headings;
}

std::vector<std::string> CellsOf(const TaskReport& task) {
  const worker::TaskResult& result = task.result;
  return {task.worker,
          std::to_string(task.id.task),
          std::to_string(task.id.attempt),
          SecondsText(task.seconds),
          SecondsText(result.waited),
          std::to_string(task.rows_read),
          BytesText(task.bytes_read),
          std::to_string(RowsOf(result.size)),
          BytesText(BytesOf(result.size)),
          BytesText(result.size.file_bytes),
          BytesText(result.spill_bytes),
          StateOf(task)};
}

std::string ToText(const QueryReport& report) {
  std::string text = std::to_string(report.rows) + " rows in " + SecondsText(report.seconds) + "\n";
  for (size_t stage = report.stages.size(); stage-- > 0;) {
    text += report.stages[stage].text.title + "\n" + report.stages[stage].text.plan;
    Table table = {TaskHeadings()};
    for (const TaskReport& task : report.tasks) {
      if (task.id.stage == static_cast<int>(stage)) table.push_back(CellsOf(task));
    }
    if (table.size() > 1) text += Aligned(table);
  }
  return text;
}

}  // namespace pyrite::cluster
