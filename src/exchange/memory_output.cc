#include "exchange/memory_output.h"

#include <arrow/record_batch.h>
#include <arrow/status.h>

#include <utility>

namespace pyrite::exchange {
namespace {

class MemoryReader : public arrow::RecordBatchReader {
 public:
  MemoryReader(std::shared_ptr<const MemoryOutput> output, Partitions partitions)
      : output_(std::move(output)), partition_(partitions.from), end_(partitions.to) {}

  std::shared_ptr<arrow::Schema> schema() const override { return output_->schema(); }

  arrow::Status ReadNext(std::shared_ptr<arrow::RecordBatch>* batch) override {
    batch->reset();
    for (; partition_ < end_; ++partition_, next_ = 0) {
      const Batches& batches = output_->partitions()[partition_];
      if (next_ == batches.size()) continue;
      *batch = batches[next_++];
      break;
    }
    return arrow::Status::OK();
  }

 private:
  std::shared_ptr<const MemoryOutput> output_;
  int partition_;
  int end_;
  size_t next_ = 0;
};

}  // namespace

MemoryOutput::MemoryOutput(std::shared_ptr<arrow::Schema> schema, std::vector<Batches> partitions,
                           int64_t bytes)
    : schema_(std::move(schema)), partitions_(std::move(partitions)), bytes_(bytes) {}

std::shared_ptr<arrow::RecordBatchReader> MemoryOutput::Open(Partitions partitions) const {
  return std::make_shared<MemoryReader>(shared_from_this(), partitions);
}

}  // namespace pyrite::exchange
