// The files that Python functions import: the coordinator of their query has them, and each worker
// that runs the functions copies them.
#pragma once

#include <deque>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

#include "base/spill_folder.h"
#include "exchange/peers.h"

namespace pyrite::worker {

// The action that has a node's shared files (udf/shared_files.h): their folder -> the files.
inline constexpr char kReadFunctionFiles[] = "read_function_files";
// Its answer. Raises PYTHON_WORKER.PYRITE when the folder is none of those.
std::string ReadFunctionFiles(const std::string& folder);

// Thread-safe.
class FunctionFiles {
 public:
  using Copy = std::shared_ptr<const SpillFolder>;

  // Copies are made below `parent`.
  FunctionFiles(std::shared_ptr<exchange::Peers> peers, std::filesystem::path parent)
      : peers_(std::move(peers)), parent_(std::move(parent)) {}

  // This node's copy of a folder of the coordinator at that address; the last few are kept. Raises
  // SparkError when the files cannot be had.
  Copy CopyOf(const std::string& coordinator, const std::string& folder);

 private:
  struct Known {
    std::string coordinator;
    std::string folder;
    Copy copy;
  };

  const std::shared_ptr<exchange::Peers> peers_;
  const std::filesystem::path parent_;
  std::mutex mutex_;
  std::deque<Known> known_;  // the last used first
};

}  // namespace pyrite::worker
