// What a program decides itself about a cut: where there are boundaries, and what each task reads.
//
//   CutOptions cut;
//   cut.slices = [](const std::vector<ScannedFile>& files, int tasks) { ... };
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "stages/stage_graph.h"

namespace duckdb {
class LogicalOperator;
}

namespace pyrite::stages {

// Whether the rows of an operator of the optimized plan cross a boundary, and how: to one task
// (kOne), to all by turns (kRoundRobin), or by the hash of some of its columns (kHash; `keys`
// are their places). `count` and `bounds` are the cut's own. None: when nothing else wants it.
//
// It is called for each operator, those above before those below, except where no boundary may be:
// below recursion and correlated subqueries, and where the rows have an order.
using ManualBoundary =
    std::function<std::optional<Partitioning>(const duckdb::LogicalOperator& op)>;

struct ScannedFile {
  std::string path;
  int64_t bytes = 0;
  int64_t row_groups = 0;  // of Parquet; other files: 0
};

// What one task reads: whole files, or the row groups [first, last) of one file.
struct TaskFiles {
  struct RowGroups {
    int64_t first = 0;
    int64_t last = 0;
  };
  std::vector<std::string> files;
  std::optional<RowGroups> row_groups = {};
};

// The share of each task of a scan that has at least CutOptions::least_rows rows; tasks without one
// read nothing. `files` are those that filters on partitions have left. Empty: the cut decides.
//
// Anything but each row group of each file once raises CLUSTER_CUT.PYRITE.
using ManualSlices =
    std::function<std::vector<TaskFiles>(const std::vector<ScannedFile>& files, int tasks)>;

}  // namespace pyrite::stages
