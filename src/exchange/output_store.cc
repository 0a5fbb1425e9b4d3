#include "exchange/output_store.h"

#include <utility>

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
  return impl_->Find(id)->finished()->Open(partitions);
}

std::shared_ptr<arrow::Schema> OutputStore::SchemaOf(const TaskId& id) const {
  return impl_->Find(id)->finished()->schema();
}

std::string OutputStore::SharedPath(const TaskId& id) const {
  return impl_->Find(id)->finished()->SharedPath();
}

void OutputStore::Adopt(const TaskId& id, const std::string& path) { impl_->Adopt(id, path); }
void OutputStore::Drop(const std::string& query) { impl_->Drop(query); }
void OutputStore::Drop(const TaskId& id) { impl_->Drop(id); }
void OutputStore::Retain(const std::string& query) { impl_->Retain(query); }
void OutputStore::SetMemory(int64_t bytes) { impl_->SetMemory(bytes); }
int64_t OutputStore::memory_bytes() const { return impl_->ledger().memory_bytes; }
int64_t OutputStore::file_bytes() const { return impl_->ledger().file_bytes; }
size_t OutputStore::outputs() const { return impl_->outputs(); }

}  // namespace pyrite::exchange
