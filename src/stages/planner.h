// A resolved plan as stages.
//
//   StageGraph graph = PlanStages(database, plan, options, {.tasks = 4});
//
// Thread-safe.
#pragma once

#include <functional>

#include "engine/engine.h"
#include "stages/manual_cut.h"
#include "stages/stage_graph.h"

namespace pyrite::stages {

// What the program wants of the files of a write.
struct FilesWanted {
  int64_t count = 0;          // so many (engine::WriteRequest)
  int64_t most = 0;           // no more than so many
  bool one_a_folder = false;  // one in each partition

  bool any() const { return count > 0 || most > 0 || one_a_folder; }
};

struct CutOptions {
  int tasks = 2;  // of a stage that is split: one for each thread of the workers
  // A side of a join is sent to all tasks when that costs less than sending both sides to where
  // they meet, and it is no larger than this.
  double broadcast_bytes = 64 << 20;
  // A scan of fewer rows is not cut; each task that needs it reads it by itself.
  double least_rows = 50000;
  FilesWanted files = {};   // of a write
  bool keeps_rows = false;  // the rows stay with the tasks that make them
  engine::AdaptiveOptions adaptive = {};
  ManualBoundary boundary = {};  // of the program's own, beside those that are needed
  ManualSlices slices = {};
  // Has the stages of a graph run that is not whole yet; what one of them has made. Empty: sizes
  // are estimates.
  std::function<StageSize(const StageGraph& graph, int stage)> run = {};
};

// What a process needs before it plans stages or runs fragments; once.
void PrepareForStages(engine::Database& database);

// Lowers, binds and optimizes the plan as the embedded engine does, and cuts what comes out. A
// query with nothing worth cutting is one stage. Raises SparkError as the embedded engine does.
StageGraph PlanStages(engine::Database& database, const plan::RelationPtr& plan,
                      const engine::QueryOptions& options, const CutOptions& cut);

// A write: its last stage makes the files, each task those of its rows, in a folder of its own
// below `folder` (write.h). Rows that are ordered, and those of coalesce(1), are written by one
// task.
StageGraph PlanWrite(engine::Database& database, const engine::WriteRequest& request,
                     const std::string& folder, const engine::QueryOptions& options,
                     CutOptions cut);

}  // namespace pyrite::stages
