// A finished output in a file: blocks (block.h) of one partition each, then an index of them, each
// with a checksum: nothing is decoded that is not what was written.
#pragma once

#include <filesystem>
#include <memory>

#include "exchange/output_index.h"
#include "exchange/output_store.h"

namespace pyrite::exchange {

class FileOutput : public FinishedOutput {
 public:
  // Raises TASK_OUTPUT_DAMAGED.PYRITE when the file has no index.
  FileOutput(TaskId id, std::filesystem::path path);

  std::shared_ptr<arrow::Schema> schema() const override { return schema_; }
  int64_t memory_bytes() const override { return 0; }
  // Whoever has a reader may go on after the file is removed.
  std::shared_ptr<arrow::RecordBatchReader> Open(Partitions partitions) const override;

  int64_t file_bytes() const { return file_bytes_; }

 private:
  const TaskId id_;
  const std::filesystem::path path_;
  int64_t file_bytes_ = 0;
  OutputIndex index_;
  std::shared_ptr<arrow::Schema> schema_;
};

}  // namespace pyrite::exchange
