#include "exchange/output_file_writer.h"

#include <arrow/buffer.h>
#include <arrow/ipc/writer.h>
#include <arrow/record_batch.h>
#include <arrow/util/byte_size.h>

#include <string_view>
#include <system_error>
#include <utility>

#include "base/error.h"
#include "exchange/block.h"
#include "exchange/checksum.h"
#include "exchange/status.h"

namespace pyrite::exchange {
namespace {

// Of batches in a block, before compression: what is read from a disk at once.
constexpr int64_t kBlockBytes = 1 << 20;

std::filesystem::path UnfinishedPath(std::filesystem::path path) { return path += ".unfinished"; }

}  // namespace

OutputFileWriter::OutputFileWriter(std::shared_ptr<arrow::Schema> schema, int partitions,
                                   std::filesystem::path path)
    : schema_(std::move(schema)),
      path_(std::move(path)),
      unfinished_path_(UnfinishedPath(path_)),
      file_(LocalFile::Create(unfinished_path_)) {
  index_.schema = Check(arrow::ipc::SerializeSchema(*schema_));
  index_.partitions.resize(partitions);
}

OutputFileWriter::~OutputFileWriter() {
  std::error_code ignored;
  if (!finished_) std::filesystem::remove(unfinished_path_, ignored);
}

BlockPlace OutputFileWriter::WriteBlock(int64_t offset, const Batches& batches) {
  auto block = exchange::WriteBlock(schema_, batches);
  std::string_view bytes(*block);
  file_.Write(offset, bytes);
  return {offset, block->size(), Checksum(bytes)};
}

void OutputFileWriter::Write(int partition, const Batches& batches) {
  std::vector<BlockPlace> places;
  int64_t end = end_;  // the file's own stays until all is written
  Batches next;
  int64_t bytes = 0;
  for (size_t i = 0; i < batches.size(); ++i) {
    next.push_back(batches[i]);
    bytes += Check(arrow::util::ReferencedBufferSize(*batches[i]));
    if (bytes < kBlockBytes && i + 1 < batches.size()) continue;
    places.push_back(WriteBlock(end, next));
    end += places.back().length;
    next.clear();
    bytes = 0;
  }
  end_ = end;
  auto& blocks = index_.partitions.at(partition);
  blocks.insert(blocks.end(), places.begin(), places.end());
}

void OutputFileWriter::Finish() {
  std::string index = IndexBytes(index_);
  file_.Write(end_, index);
  end_ += static_cast<int64_t>(index.size());
  std::error_code error;
  std::filesystem::rename(unfinished_path_, path_, error);
  if (error) throw SparkError("SPILL_DIRECTORY.PYRITE", {{"path", path_.parent_path().string()}});
  finished_ = true;
}

}  // namespace pyrite::exchange
