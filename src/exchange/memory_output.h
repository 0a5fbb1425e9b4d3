// A finished output whose batches are in memory.
#pragma once

#include <memory>
#include <vector>

#include "exchange/output_store.h"

namespace pyrite::exchange {

using Batches = std::vector<std::shared_ptr<arrow::RecordBatch>>;

class MemoryOutput : public FinishedOutput, public std::enable_shared_from_this<MemoryOutput> {
 public:
  // `partitions`: the batches of each. `bytes`: of all of them.
  MemoryOutput(std::shared_ptr<arrow::Schema> schema, std::vector<Batches> partitions,
               int64_t bytes);

  std::shared_ptr<arrow::Schema> schema() const override { return schema_; }
  int64_t memory_bytes() const override { return bytes_; }
  std::shared_ptr<arrow::RecordBatchReader> Open(Partitions partitions) const override;

  const std::vector<Batches>& partitions() const { return partitions_; }

 private:
  std::shared_ptr<arrow::Schema> schema_;
  std::vector<Batches> partitions_;
  int64_t bytes_;
};

}  // namespace pyrite::exchange
