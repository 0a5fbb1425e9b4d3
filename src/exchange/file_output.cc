#include "exchange/file_output.h"

#include <arrow/buffer.h>
#include <arrow/io/memory.h>
#include <arrow/ipc/dictionary.h>
#include <arrow/ipc/reader.h>
#include <arrow/record_batch.h>

#include <utility>

#include "exchange/block.h"
#include "exchange/checksum.h"
#include "exchange/status.h"

namespace pyrite::exchange {
namespace {

SparkError Damaged(const TaskId& id) {
  return SparkError("TASK_OUTPUT_DAMAGED.PYRITE", {{"output", ToString(id)}});
}

class FileReader : public arrow::RecordBatchReader {
 public:
  FileReader(TaskId id, LocalFile file, std::shared_ptr<arrow::Schema> schema,
             std::shared_ptr<arrow::Buffer> schema_message, std::vector<BlockPlace> blocks)
      : id_(std::move(id)),
        file_(std::move(file)),
        schema_(std::move(schema)),
        schema_message_(std::move(schema_message)),
        blocks_(std::move(blocks)) {}

  std::shared_ptr<arrow::Schema> schema() const override { return schema_; }

  arrow::Status ReadNext(std::shared_ptr<arrow::RecordBatch>* batch) override {
    return Guarded([&] { *batch = Next(); });
  }

 private:
  std::shared_ptr<arrow::RecordBatch> Next() {
    std::shared_ptr<arrow::RecordBatch> batch;
    while (true) {
      if (block_ != nullptr) Check(block_->ReadNext(&batch));
      if (batch != nullptr || next_ == blocks_.size()) return batch;
      block_ = OpenBlock(blocks_[next_++]);
    }
  }

  std::shared_ptr<arrow::RecordBatchReader> OpenBlock(const BlockPlace& place) const {
    auto bytes = file_.Read(place.offset, place.length);
    if (bytes == nullptr || Checksum(std::string_view(*bytes)) != place.checksum) {
      throw Damaged(id_);
    }
    return ReadBlock(schema_message_, std::move(bytes));
  }

  const TaskId id_;
  const LocalFile file_;
  const std::shared_ptr<arrow::Schema> schema_;
  const std::shared_ptr<arrow::Buffer> schema_message_;
  const std::vector<BlockPlace> blocks_;
  size_t next_ = 0;
  std::shared_ptr<arrow::RecordBatchReader> block_;  // that is being read
};

}  // namespace

FileOutput::FileOutput(TaskId id, std::filesystem::path path)
    : id_(std::move(id)), path_(std::move(path)) {
  LocalFile file = LocalFile::Open(path_);
  auto index = file.is_open() ? ReadIndex(file) : std::nullopt;
  if (!index) throw Damaged(id_);
  file_bytes_ = file.Size();
  index_ = std::move(*index);
  arrow::io::BufferReader schema(index_.schema);
  arrow::ipc::DictionaryMemo dictionaries;
  schema_ = Check(arrow::ipc::ReadSchema(&schema, &dictionaries));
}

std::shared_ptr<arrow::RecordBatchReader> FileOutput::Open(Partitions partitions) const {
  LocalFile file = LocalFile::Open(path_);
  if (!file.is_open()) throw SparkError("TASK_OUTPUT_MISSING.PYRITE", {{"output", ToString(id_)}});
  std::vector<BlockPlace> blocks;
  for (int i = partitions.from; i < partitions.to; ++i) {
    const auto& more = index_.partitions.at(i);
    blocks.insert(blocks.end(), more.begin(), more.end());
  }
  return std::make_shared<FileReader>(id_, std::move(file), schema_, index_.schema,
                                      std::move(blocks));
}

}  // namespace pyrite::exchange
