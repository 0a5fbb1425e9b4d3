// Writes an output's file (file_output.h).
//
//   OutputFileWriter writer(id, schema, partitions);        // in memory
//   OutputFileWriter writer(id, schema, partitions, path);  // on disk
//   writer.Write(partition, batch);                         // any number of times
//   FileOutput output(id, writer.Finish());
//
// A file on disk has its name from Finish on only. Not thread-safe. Raises SPILL_DIRECTORY.PYRITE.
#pragma once

#include <filesystem>
#include <memory>

#include "exchange/block.h"
#include "exchange/output_index.h"
#include "exchange/output_store.h"

namespace pyrite::exchange {

class OutputFileWriter {
 public:
  OutputFileWriter(const TaskId& id, std::shared_ptr<arrow::Schema> schema, int partitions);
  OutputFileWriter(const TaskId& id, std::shared_ptr<arrow::Schema> schema, int partitions,
                   std::filesystem::path path);
  // Removes the file unless it is finished.
  ~OutputFileWriter();

  void Write(int partition, std::shared_ptr<arrow::RecordBatch> batch);
  // What another one has in memory.
  void TakeFrom(const OutputFileWriter& other);
  // To a file on disk, what waits for more of its partition.
  void WriteWaiting();
  LocalFile Finish();

  bool is_in_memory() const { return path_.empty(); }
  int64_t memory_bytes() const { return waiting_bytes_ + (is_in_memory() ? end_ : 0); }
  int64_t file_bytes() const { return is_in_memory() ? 0 : end_; }

 private:
  // Of a partition, for its next block on disk.
  struct Waiting {
    Batches batches;
    int64_t bytes = 0;
  };
  OutputFileWriter(const TaskId& id, std::shared_ptr<arrow::Schema> schema, int partitions,
                   std::filesystem::path path, LocalFile file);
  void WriteInMemory(int partition, const std::shared_ptr<arrow::RecordBatch>& batch);
  void WriteWaiting(int partition);

  const std::shared_ptr<arrow::Schema> schema_;
  const std::filesystem::path path_;  // empty: in memory
  const std::filesystem::path unfinished_path_;
  LocalFile file_;
  int64_t end_ = 0;
  std::vector<Waiting> waiting_;  // by partition
  int64_t waiting_bytes_ = 0;
  OutputIndex index_;
  bool finished_ = false;
};

}  // namespace pyrite::exchange
