#include "exchange/file_output.h"

#include <arrow/buffer.h>
#include <arrow/io/memory.h>
#include <arrow/ipc/dictionary.h>
#include <arrow/ipc/reader.h>
#include <arrow/record_batch.h>

#include <utility>

#include "base/errors.h"
#include "exchange/checksum.h"
#include "exchange/status.h"

namespace pyrite::exchange {
namespace {

SparkError Damaged(const TaskId& id) {
  return SparkError("TASK_OUTPUT_DAMAGED.PYRITE", {{"output", ToString(id)}});
}

SparkError Missing(const TaskId& id) {
  return SparkError("TASK_OUTPUT_MISSING.PYRITE", {{"output", ToString(id)}});
}

// `owner` keeps the other arguments.
class FileReader : public arrow::RecordBatchReader {
 public:
  FileReader(std::shared_ptr<const FileOutput> owner, const TaskId& id, const LocalFile& file,
             const OutputIndex& index, Partitions partitions)
      : owner_(std::move(owner)),
        id_(id),
        file_(file),
        index_(index),
        partition_(partitions.from),
        end_(partitions.to) {}

  std::shared_ptr<arrow::Schema> schema() const override { return owner_->schema(); }

  arrow::Status ReadNext(std::shared_ptr<arrow::RecordBatch>* batch) override {
    return Guarded([&] { *batch = Next(); });
  }

 private:
  std::shared_ptr<arrow::RecordBatch> Next() {
    std::shared_ptr<arrow::RecordBatch> batch;
    while (true) {
      if (block_ != nullptr) Check(block_->ReadNext(&batch));
      if (batch != nullptr) return batch;
      const BlockPlace* place = NextPlace();
      if (place == nullptr) return nullptr;
      block_ = OpenBlock(*place);
    }
  }

  const BlockPlace* NextPlace() {
    for (; partition_ < end_; ++partition_, next_ = 0) {
      const auto& blocks = index_.partitions[partition_];
      if (next_ < blocks.size()) return &blocks[next_++];
    }
    return nullptr;
  }

  std::shared_ptr<arrow::RecordBatchReader> OpenBlock(const BlockPlace& place) const {
    auto bytes = file_.Read(place.offset, place.length);
    if (bytes == nullptr) throw Damaged(id_);
    if (!file_.is_in_memory() && Checksum(std::string_view(*bytes)) != place.checksum) {
      throw Damaged(id_);
    }
    return ReadBlock(index_.schema, std::move(bytes));
  }

  const std::shared_ptr<const FileOutput> owner_;
  const TaskId& id_;
  const LocalFile& file_;
  const OutputIndex& index_;
  int partition_;
  const int end_;
  size_t next_ = 0;                                  // block of the partition
  std::shared_ptr<arrow::RecordBatchReader> block_;  // that is being read
};

}  // namespace

FileOutput::FileOutput(const TaskId& id, LocalFile file) : id_(id), file_(std::move(file)) {
  if (!file_.is_open()) throw Missing(id);
  auto index = ReadIndex(file_);
  if (!index) throw Damaged(id_);
  if (index->output != ToString(id)) throw Missing(id);
  bytes_ = file_.Size();
  index_ = std::move(*index);
  arrow::io::BufferReader schema(index_.schema);
  arrow::ipc::DictionaryMemo dictionaries;
  schema_ = Check(arrow::ipc::ReadSchema(&schema, &dictionaries));
}

std::shared_ptr<const FileOutput> FileOutput::OpenShared(const TaskId& id,
                                                         const std::string& path) {
  try {
    return std::make_shared<const FileOutput>(id, LocalFile::Open(path));
  } catch (const SparkError&) {  // the file of another by now, which need not be an output
    return nullptr;
  }
}

std::shared_ptr<arrow::RecordBatchReader> FileOutput::Open(Partitions partitions) const {
  bool is_there = partitions.from >= 0 && partitions.from <= partitions.to &&
                  partitions.to <= this->partitions();
  if (!is_there) {
    throw errors::Internal(ToString(id_) + " has " + std::to_string(this->partitions()) +
                           " partitions, and not those from " + std::to_string(partitions.from) +
                           " to " + std::to_string(partitions.to) + ".");
  }
  return std::make_shared<FileReader>(shared_from_this(), id_, file_, index_, partitions);
}

}  // namespace pyrite::exchange
