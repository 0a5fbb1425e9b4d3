#include "exchange/task_output.h"

#include <arrow/record_batch.h>
#include <arrow/util/byte_size.h>

#include <utility>

#include "base/errors.h"
#include "exchange/status.h"
#include "exchange/store_book.h"

namespace pyrite::exchange {
namespace {

// A larger batch is cut: readers and writers hold whole batches.
constexpr int64_t kLargestBatch = 16 << 20;

int64_t BytesOf(const arrow::RecordBatch& batch) {
  return Check(arrow::util::ReferencedBufferSize(batch));
}

}  // namespace

TaskOutput::State::State(TaskId id, std::shared_ptr<OutputStore::Impl> store,
                         std::shared_ptr<HeldOutput> output)
    : id_(std::move(id)), store_(std::move(store)), output_(std::move(output)) {}

TaskOutput::State::~State() {
  if (!finished_) store_->Drop(id_, output_);
}

void TaskOutput::State::Append(int partition, std::shared_ptr<arrow::RecordBatch> batch) {
  if (partition < 0 || partition >= output_->partitions()) {
    throw errors::Internal(ToString(id_) + " has no partition " + std::to_string(partition) + ".");
  }
  int64_t bytes = BytesOf(*batch);
  if (bytes > kLargestBatch) {
    auto half = batch->Slice(0, batch->num_rows() / 2);
    if (BytesOf(*half) < bytes / 4 * 3) {  // not where one row or a dictionary is most of it
      Append(partition, half);
      Append(partition, batch->Slice(half->num_rows()));
      return;
    }
  }
  output_->Append(partition, std::move(batch), bytes);
  store_->MakeRoom();
}

OutputSize TaskOutput::State::Finish() {
  OutputSize size = output_->Finish();
  finished_ = true;
  return size;
}

TaskOutput::TaskOutput(std::unique_ptr<State> state) : state_(std::move(state)) {}
TaskOutput::~TaskOutput() = default;

void TaskOutput::Append(int partition, std::shared_ptr<arrow::RecordBatch> batch) {
  state_->Append(partition, std::move(batch));
}

OutputSize TaskOutput::Finish() { return state_->Finish(); }

}  // namespace pyrite::exchange
