// A finished output in a file, on disk or in memory: blocks (block.h) of one partition each, then
// an index of them. Those on disk have a checksum each: nothing is decoded that is not what was
// written.
#pragma once

#include <memory>
#include <string>

#include "exchange/block.h"
#include "exchange/output_index.h"
#include "exchange/output_store.h"

namespace pyrite::exchange {

class FileOutput : public FinishedOutput, public std::enable_shared_from_this<FileOutput> {
 public:
  // Raises TASK_OUTPUT_DAMAGED.PYRITE when the file has no index, TASK_OUTPUT_MISSING.PYRITE when
  // it is another output's.
  FileOutput(const TaskId& id, LocalFile file);
  // Of another process of this machine (SharedPath); nullptr when it is not there any more.
  static std::shared_ptr<const FileOutput> OpenShared(const TaskId& id, const std::string& path);

  std::shared_ptr<arrow::Schema> schema() const override { return schema_; }
  int64_t memory_bytes() const override { return file_.is_in_memory() ? bytes_ : 0; }
  int64_t file_bytes() const { return file_.is_in_memory() ? 0 : bytes_; }
  int partitions() const { return static_cast<int>(index_.partitions.size()); }
  std::shared_ptr<arrow::RecordBatchReader> Open(Partitions partitions) const override;
  std::string SharedPath() const { return file_.SharedPath(); }

 private:
  const TaskId id_;
  const LocalFile file_;
  int64_t bytes_ = 0;
  OutputIndex index_;
  std::shared_ptr<arrow::Schema> schema_;
};

}  // namespace pyrite::exchange
