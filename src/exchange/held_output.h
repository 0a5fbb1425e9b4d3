// An output as the store holds it, from its first batch until it goes: being made, then finished;
// in memory, then in its file on disk when it must leave that. Thread-safe.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>

#include "exchange/file_output.h"
#include "exchange/output_file_writer.h"

namespace pyrite::exchange {

// What all outputs of a store hold together.
struct Ledger {
  std::atomic<int64_t> memory_bytes = 0;
  std::atomic<int64_t> file_bytes = 0;
};

class HeldOutput {
 public:
  // One that is to be made. `path`: of the file that it gets when it must leave the memory.
  HeldOutput(TaskId id, std::shared_ptr<arrow::Schema> schema, int partitions,
             std::filesystem::path path, std::shared_ptr<Ledger> ledger);
  // One that is finished.
  HeldOutput(TaskId id, std::shared_ptr<const FileOutput> output, std::filesystem::path path,
             std::shared_ptr<Ledger> ledger);
  ~HeldOutput();

  void Append(int partition, std::shared_ptr<arrow::RecordBatch> batch, int64_t bytes);
  OutputSize Finish();
  // Moves what is in memory to the file.
  void Spill();
  // Takes everything away, for good. Those who read it already go on.
  void Drop();
  // Raises TASK_OUTPUT_MISSING.PYRITE unless it is finished.
  std::shared_ptr<const FileOutput> finished() const;

  int64_t memory_bytes() const { return memory_bytes_; }
  int partitions() const { return partitions_; }

 private:
  void CheckThere() const;
  void SpillMade();
  void SpillFinished();
  void FinishFile(OutputFileWriter& writer);
  // Of what there is now.
  void Account();
  void SetAccount(int64_t memory_bytes, int64_t file_bytes);

  const TaskId id_;
  const std::shared_ptr<arrow::Schema> schema_;
  const int partitions_;
  const std::filesystem::path path_;
  const std::shared_ptr<Ledger> ledger_;
  std::atomic<int64_t> memory_bytes_ = 0;

  mutable std::mutex mutex_;
  std::unique_ptr<OutputFileWriter> writer_;  // while it is made
  OutputSize size_;
  std::shared_ptr<const FileOutput> finished_;
  bool dropped_ = false;
};

}  // namespace pyrite::exchange
