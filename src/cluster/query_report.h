// What a query on the cluster has done: its stages, and what each attempt at a task took and made.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "stages/stage_graph.h"
#include "worker/task.h"

namespace pyrite::cluster {

struct TaskReport {
  exchange::TaskId id;
  std::string worker;     // its address
  double seconds = 0;     // as the coordinator saw it
  int64_t rows_read = 0;  // from other stages
  int64_t bytes_read = 0;
  worker::TaskResult result;
  std::string error;     // condition; empty: it has succeeded
  bool is_used = false;  // its output is the task's
};

struct StageReport {
  stages::StageText text;
  std::vector<int> inputs;
  int tasks = 1;
};

struct QueryReport {
  std::string query;
  double seconds = 0;
  int64_t rows = 0;                 // of the result
  std::string error;                // condition
  int attempts = 1;                 // at the whole query
  std::vector<StageReport> stages;  // the last one gives the result
  std::vector<TaskReport> tasks;    // in the order in which they ended
};

// The stages of a graph, from the `first` on, which have not run yet.
std::vector<StageReport> StagesOf(const stages::StageGraph& graph, size_t first = 0);

// What the tasks of a stage whose outputs were used have made together.
struct StageTotal {
  int64_t rows = 0;
  int64_t bytes = 0;
  double seconds = 0;  // of the longest
  int64_t spill_bytes = 0;
};
StageTotal TotalOf(const QueryReport& report, int stage);

// EXPLAIN ANALYZE: a stage after the other, the result's first, each with a table of its tasks.
std::string ToText(const QueryReport& report);
// Its stages for Graphviz.
std::string ToDot(const QueryReport& report);
// A page of its own: the stages as a picture, then the tables.
std::string ToHtml(const QueryReport& report);

// 1.5 KiB
std::string BytesText(int64_t bytes);
std::string SecondsText(double seconds);
int64_t RowsOf(const exchange::OutputSize& size);
int64_t BytesOf(const exchange::OutputSize& size);
// A task's line in tables, and their headings.
std::vector<std::string> CellsOf(const TaskReport& task);
const std::vector<std::string>& TaskHeadings();

}  // namespace pyrite::cluster
