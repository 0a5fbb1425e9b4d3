// The folder of one attempt of a task that writes files.
#pragma once

#include <cstdint>
#include <string>

#include "engine/write_files.h"
#include "exchange/output_store.h"

namespace pyrite::worker {

// Its name, unlike that of any other attempt.
std::string FolderName(const exchange::TaskId& id);

// Goes again with all that is in it unless Keep was called.
class TaskFolder {
 public:
  // Makes it, but not the folder above it: without that the write is over. Raises
  // TASK_WRITE_FAILED.
  explicit TaskFolder(std::string path);
  ~TaskFolder();
  TaskFolder(const TaskFolder&) = delete;
  TaskFolder& operator=(const TaskFolder&) = delete;

  // The files, on disk when this returns.
  engine::WrittenFiles Keep(int64_t rows);

 private:
  const std::string path_;
  bool is_kept_ = false;
};

}  // namespace pyrite::worker
