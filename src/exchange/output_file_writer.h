// Writes an output's file (file_output.h).
//
//   OutputFileWriter writer(schema, partitions, path);
//   writer.Write(partition, batches);  // any number of times
//   writer.Finish();
//
// The file has its name from Finish on only. Not thread-safe. Raises SPILL_DIRECTORY.PYRITE; what
// was written before that stays good.
#pragma once

#include <filesystem>
#include <memory>

#include "exchange/memory_output.h"
#include "exchange/output_index.h"

namespace pyrite::exchange {

class OutputFileWriter {
 public:
  OutputFileWriter(std::shared_ptr<arrow::Schema> schema, int partitions,
                   std::filesystem::path path);
  // Removes the file unless it is finished.
  ~OutputFileWriter();

  void Write(int partition, const Batches& batches);
  void Finish();

  int64_t file_bytes() const { return end_; }

 private:
  BlockPlace WriteBlock(int64_t offset, const Batches& batches);

  const std::shared_ptr<arrow::Schema> schema_;
  const std::filesystem::path path_;
  const std::filesystem::path unfinished_path_;
  LocalFile file_;
  int64_t end_ = 0;
  OutputIndex index_;
  bool finished_ = false;
};

}  // namespace pyrite::exchange
