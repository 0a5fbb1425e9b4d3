// Runs one task: a fragment over its slots, its rows into this node's store.
#pragma once

#include <functional>
#include <memory>

#include "exchange/output_store.h"
#include "exchange/peers.h"
#include "stages/fragment.h"
#include "worker/function_files.h"
#include "worker/task.h"

namespace pyrite::engine {
class Database;
}

namespace pyrite::worker {

// Thread-safe: tasks run side by side, on the threads that call Run.
class TaskRunner {
 public:
  TaskRunner(std::shared_ptr<engine::Database> database,
             std::shared_ptr<exchange::OutputStore> store, std::shared_ptr<exchange::Peers> peers);

  // The task's output is in the store when this returns, and absent when it raises SparkError. The
  // result does not say where that is.
  // `own`: the fragment of this process that it runs instead of the task's bytes. `cancelled` is
  // asked a few times a second; the task then ends with OPERATION_CANCELED.
  TaskResult Run(const Task& task, const stages::Fragment* own,
                 const std::function<bool()>& cancelled);

 private:
  const std::shared_ptr<engine::Database> database_;
  const std::shared_ptr<exchange::OutputStore> store_;
  const std::shared_ptr<exchange::Peers> peers_;
  FunctionFiles function_files_;
};

}  // namespace pyrite::worker
