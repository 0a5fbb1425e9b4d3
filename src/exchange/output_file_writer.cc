#include "exchange/output_file_writer.h"

#include <arrow/buffer.h>
#include <arrow/ipc/writer.h>
#include <arrow/record_batch.h>
#include <arrow/util/byte_size.h>

#include <string_view>
#include <system_error>
#include <utility>

#include "base/error.h"
#include "exchange/checksum.h"
#include "exchange/status.h"

namespace pyrite::exchange {
namespace {

// Of batches in a block on disk, before compression: what is read at once.
constexpr int64_t kBlockBytes = 1 << 20;
// Of all partitions' batches that wait for theirs.
constexpr int64_t kMostWaiting = 32 << 20;

std::filesystem::path UnfinishedPath(std::filesystem::path path) { return path += ".unfinished"; }

}  // namespace

OutputFileWriter::OutputFileWriter(const TaskId& id, std::shared_ptr<arrow::Schema> schema,
                                   int partitions)
    : OutputFileWriter(id, std::move(schema), partitions, {}, LocalFile::CreateInMemory()) {}

OutputFileWriter::OutputFileWriter(const TaskId& id, std::shared_ptr<arrow::Schema> schema,
                                   int partitions, std::filesystem::path path)
    : OutputFileWriter(id, std::move(schema), partitions, path,
                       LocalFile::Create(UnfinishedPath(path))) {}

OutputFileWriter::OutputFileWriter(const TaskId& id, std::shared_ptr<arrow::Schema> schema,
                                   int partitions, std::filesystem::path path, LocalFile file)
    : schema_(std::move(schema)),
      path_(std::move(path)),
      unfinished_path_(UnfinishedPath(path_)),
      file_(std::move(file)),
      waiting_(partitions) {
  index_.output = ToString(id);
  index_.schema = Check(arrow::ipc::SerializeSchema(*schema_));
  index_.partitions.resize(partitions);
}

OutputFileWriter::~OutputFileWriter() {
  std::error_code ignored;
  if (!finished_ && !is_in_memory()) std::filesystem::remove(unfinished_path_, ignored);
}

void OutputFileWriter::Write(int partition, std::shared_ptr<arrow::RecordBatch> batch) {
  if (is_in_memory()) return WriteInMemory(partition, batch);
  Waiting& waiting = waiting_.at(partition);
  int64_t bytes = Check(arrow::util::ReferencedBufferSize(*batch));
  waiting.batches.push_back(std::move(batch));
  waiting.bytes += bytes;
  waiting_bytes_ += bytes;
  if (waiting.bytes >= kBlockBytes) WriteWaiting(partition);
  if (waiting_bytes_ >= kMostWaiting) WriteWaiting();
}

void OutputFileWriter::WriteInMemory(int partition,
                                     const std::shared_ptr<arrow::RecordBatch>& batch) {
  auto parts = BlockParts(schema_, {batch});
  int64_t length = 0;
  for (const auto& part : parts) length += part->size();
  file_.Write(end_, parts);
  index_.partitions.at(partition).push_back({end_, length, 0});
  end_ += length;
}

void OutputFileWriter::WriteWaiting(int partition) {
  Waiting& waiting = waiting_.at(partition);
  if (waiting.batches.empty()) return;
  auto block = WriteBlock(schema_, waiting.batches);
  std::string_view bytes(*block);
  file_.Write(end_, bytes);
  index_.partitions.at(partition).push_back({end_, block->size(), Checksum(bytes)});
  end_ += block->size();
  waiting_bytes_ -= waiting.bytes;
  waiting = {};
}

void OutputFileWriter::WriteWaiting() {
  for (size_t i = 0; i < waiting_.size(); ++i) WriteWaiting(static_cast<int>(i));
}

void OutputFileWriter::TakeFrom(const OutputFileWriter& other) {
  for (size_t i = 0; i < waiting_.size(); ++i) {
    for (const BlockPlace& place : other.index_.partitions[i]) {
      auto block = ReadBlock(index_.schema, other.file_.Read(place.offset, place.length));
      std::shared_ptr<arrow::RecordBatch> batch;
      for (Check(block->ReadNext(&batch)); batch != nullptr; Check(block->ReadNext(&batch))) {
        Write(static_cast<int>(i), std::move(batch));
      }
    }
  }
}

LocalFile OutputFileWriter::Finish() {
  WriteWaiting();
  std::string index = IndexBytes(index_);
  file_.Write(end_, index);
  end_ += static_cast<int64_t>(index.size());
  file_.Seal();
  std::error_code error;
  if (!is_in_memory()) std::filesystem::rename(unfinished_path_, path_, error);
  if (error) throw SparkError("SPILL_DIRECTORY.PYRITE", {{"path", path_.parent_path().string()}});
  finished_ = true;
  return std::move(file_);
}

}  // namespace pyrite::exchange
