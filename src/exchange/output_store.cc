#include "exchange/output_store.h"

#include <utility>

#include "base/errors.h"
#include "exchange/store_book.h"
#include "exchange/task_output.h"

namespace pyrite::exchange {

OutputStore::OutputStore(StoreOptions options) : impl_(std::make_shared<Impl>(options)) {}
OutputStore::~OutputStore() = default;

std::unique_ptr<TaskOutput> OutputStore::Create(const TaskId& id,
                                                std::shared_ptr<arrow::Schema> schema,
                                                int partitions) {
  auto held = impl_->Create(id, std::move(schema), partitions);
  auto state = std::make_unique<TaskOutput::State>(id, impl_, std::move(held));
  return std::unique_ptr<TaskOutput>(new TaskOutput(std::move(state)));
}

std::shared_ptr<arrow::RecordBatchReader> OutputStore::Open(const TaskId& id,
                                                            Partitions partitions) const {
  auto output = impl_->Find(id);
  int count = output->partitions();
  if (partitions.from < 0 || partitions.from > partitions.to || partitions.to > count) {
    throw errors::Internal(ToString(id) + " has " + std::to_string(count) +
                           " partitions, and not those from " + std::to_string(partitions.from) +
                           " to " + std::to_string(partitions.to) + ".");
  }
  return output->finished()->Open(partitions);
}

std::shared_ptr<arrow::Schema> OutputStore::SchemaOf(const TaskId& id) const {
  return impl_->Find(id)->finished()->schema();
}

void OutputStore::Drop(const std::string& query) { impl_->Drop(query); }
int64_t OutputStore::memory_bytes() const { return impl_->ledger().memory_bytes; }
int64_t OutputStore::file_bytes() const { return impl_->ledger().file_bytes; }
size_t OutputStore::outputs() const { return impl_->outputs(); }

}  // namespace pyrite::exchange
