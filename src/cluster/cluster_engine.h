// The engine of many machines: cuts a query into stages and has workers run their tasks.
//
//   auto workers = MakeResolver("flight://10.0.0.1:31000,10.0.0.2:31000");
//   auto engine = MakeClusterEngine(database, {.workers = workers});
//
// Queries that are not worth cutting run in this process; rows that are kept are made by the
// workers and kept in this process; files are written by the workers, and this process commits
// them. Thread-safe.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "cluster/resolver.h"
#include "cluster/task_table.h"
#include "engine/engine.h"
#include "exchange/node.h"
#include "stages/planner.h"

namespace pyrite::cluster {

struct ClusterOptions {
  std::shared_ptr<Resolver> workers;  // where they are
  exchange::NodeOptions node;         // this process's own endpoint, for what only it has
  stages::CutOptions cut;             // `tasks` 0: as many as the workers have threads
  // When no worker answers: run the query in this process, or end it with CLUSTER_UNREACHABLE.
  bool fall_back = true;
  int queries = 0;                            // that run on the workers at once; 0: any number
  std::chrono::seconds queue_patience{3600};  // of others; then they end with CLUSTER_BUSY
  Speculation speculation;
  std::string query_log;       // file for a JSON line for each event (journal.h)
  std::string query_pictures;  // folder for each query's stages as a page
};

// Raises when the endpoint cannot be opened.
std::unique_ptr<engine::ExecutionEngine> MakeClusterEngine(
    std::shared_ptr<engine::Database> database, const ClusterOptions& options);

}  // namespace pyrite::cluster
