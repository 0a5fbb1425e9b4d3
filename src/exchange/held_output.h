// An output as the store holds it, from its first batch until it goes: being made, then finished;
// in memory, in its file, or both while it is being made. Thread-safe.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <vector>

#include "exchange/memory_output.h"
#include "exchange/output_file_writer.h"

namespace pyrite::exchange {

// What all outputs of a store hold together.
struct Ledger {
  std::atomic<int64_t> memory_bytes = 0;
  std::atomic<int64_t> file_bytes = 0;
};

class HeldOutput {
 public:
  // `path`: of the file that it gets when it must leave the memory.
  HeldOutput(TaskId id, std::shared_ptr<arrow::Schema> schema, int partitions,
             std::filesystem::path path, std::shared_ptr<Ledger> ledger);
  ~HeldOutput();

  void Append(int partition, std::shared_ptr<arrow::RecordBatch> batch, int64_t bytes);
  OutputSize Finish();
  // Moves what is in memory to the file.
  void Spill();
  // Takes everything away, for good. Those who read it already go on.
  void Drop();
  // Raises TASK_OUTPUT_MISSING.PYRITE unless it is finished.
  std::shared_ptr<const FinishedOutput> finished() const;

  int64_t memory_bytes() const { return memory_bytes_; }
  int partitions() const { return static_cast<int>(size_.rows.size()); }

 private:
  void CheckThere() const;
  void SpillMade();
  void SpillFinished(const MemoryOutput& output);
  void FinishFile(OutputFileWriter* writer);
  void AddMemory(int64_t bytes);
  void SetFileBytes(int64_t bytes);

  const TaskId id_;
  const std::shared_ptr<arrow::Schema> schema_;
  const std::filesystem::path path_;
  const std::shared_ptr<Ledger> ledger_;
  std::atomic<int64_t> memory_bytes_ = 0;

  mutable std::mutex mutex_;
  std::vector<Batches> batches_;              // by partition, not in the file; while it is made
  std::vector<int64_t> batch_bytes_;          // of those
  std::unique_ptr<OutputFileWriter> writer_;  // once something of it is in the file
  OutputSize size_;
  std::shared_ptr<const FinishedOutput> finished_;
  bool dropped_ = false;
};

}  // namespace pyrite::exchange
