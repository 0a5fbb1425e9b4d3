// The one DuckDB of a process: its settings, Pyrite's functions in it, a folder for what does not
// fit into memory, and connections.
#pragma once

#include "base/spill_folder.h"
#include "engine/connection_pool.h"
#include "engine/engine.h"

namespace pyrite::engine {

// Thread-safe.
class Database {
 public:
  // Raises SparkError when an option cannot be taken, or the spill folder cannot be written.
  explicit Database(const EngineOptions& options);

  duckdb::DuckDB& duckdb() { return *database_; }
  ConnectionPool& connections() { return connections_; }
  // A folder that goes with the process.
  const std::filesystem::path& folder() const { return spill_.path(); }
  int64_t MemoryUsed() const;
  int threads() const;
  udf::WorkerPool& python_workers() { return *python_workers_; }
  // Removes the folder: the process is to end at once, whatever runs.
  void Abandon() { spill_.Remove(); }

 private:
  SpillFolder spill_;  // outlives the database
  std::unique_ptr<duckdb::DuckDB> database_;
  ConnectionPool connections_;
  std::shared_ptr<udf::WorkerPool> python_workers_;
};

}  // namespace pyrite::engine
