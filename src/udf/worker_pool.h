// Worker processes kept for the next query: one needs a second to load PySpark.
#pragma once

#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "udf/worker_process.h"

namespace pyrite::udf {

// Thread-safe. Every task that runs has a process of its own; as many as there are threads are
// kept.
class WorkerPool {
 public:
  // `command` empty: there is no Python here, and Take raises PYTHON_WORKER.PYRITE.
  WorkerPool(std::vector<std::string> command, size_t kept)
      : command_(std::move(command)), kept_(kept) {}

  // One that has imported from `folder` alone (plan/python_function.h); empty: from nowhere.
  std::unique_ptr<WorkerProcess> Take(const std::string& folder);
  // Only when its task has ended as it should.
  void GiveBack(std::unique_ptr<WorkerProcess> worker);

 private:
  const std::vector<std::string> command_;
  const size_t kept_;
  std::mutex mutex_;
  std::deque<std::unique_ptr<WorkerProcess>> idle_;  // the last used first
};

}  // namespace pyrite::udf
