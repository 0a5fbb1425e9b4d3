#include "exchange/block.h"

#include <arrow/buffer.h>
#include <arrow/io/memory.h>
#include <arrow/ipc/message.h>
#include <arrow/ipc/reader.h>
#include <arrow/ipc/writer.h>
#include <arrow/record_batch.h>
#include <arrow/util/compression.h>

#include <string>
#include <utility>

#include "exchange/status.h"

namespace pyrite::exchange {
namespace {

namespace ipc = arrow::ipc;

ipc::IpcWriteOptions WriteOptions() {
  auto options = ipc::IpcWriteOptions::Defaults();
  options.use_threads = false;
  return options;
}

ipc::IpcWriteOptions Compressed() {
  auto options = WriteOptions();
  options.codec = Check(arrow::util::Codec::Create(arrow::Compression::LZ4_FRAME));
  options.min_space_savings = 0.1;  // what does not shrink is not worth decompressing
  return options;
}

ipc::IpcWriteOptions Aligned() {
  auto options = WriteOptions();
  options.alignment = 64;
  return options;
}

// Writes all messages but the schema's.
class MessageSink : public ipc::internal::IpcPayloadWriter {
 public:
  MessageSink(arrow::io::OutputStream* out, ipc::IpcWriteOptions options)
      : out_(out), options_(std::move(options)) {}

  arrow::Status WritePayload(const ipc::IpcPayload& payload) override {
    if (payload.type == ipc::MessageType::SCHEMA) return arrow::Status::OK();
    int32_t length;
    return ipc::WriteIpcPayload(payload, options_, out_, &length);
  }

  arrow::Status Close() override { return arrow::Status::OK(); }

 private:
  arrow::io::OutputStream* const out_;
  const ipc::IpcWriteOptions options_;
};

// Keeps what is written, and copies only what has no owner: lengths, padding.
class PartStream : public arrow::io::OutputStream {
 public:
  arrow::Status Write(const void* data, int64_t size) override {
    return Write(arrow::Buffer::FromString(
        std::string(static_cast<const char*>(data), static_cast<size_t>(size))));
  }
  arrow::Status Write(const std::shared_ptr<arrow::Buffer>& data) override {
    size_ += data->size();
    parts_.push_back(data);
    return arrow::Status::OK();
  }
  arrow::Result<int64_t> Tell() const override { return size_; }
  arrow::Status Close() override {
    is_closed_ = true;
    return arrow::Status::OK();
  }
  bool closed() const override { return is_closed_; }

  Buffers Take() { return std::move(parts_); }

 private:
  Buffers parts_;
  int64_t size_ = 0;
  bool is_closed_ = false;
};

void WriteMessages(const std::shared_ptr<arrow::Schema>& schema, const Batches& batches,
                   const ipc::IpcWriteOptions& options, arrow::io::OutputStream* out) {
  auto writer = Check(ipc::internal::OpenRecordBatchWriter(
      std::make_unique<MessageSink>(out, options), schema, options));
  for (const auto& batch : batches) Check(writer->WriteRecordBatch(*batch));
  Check(writer->Close());
}

// The schema's message, then those of the block.
class MessageSource : public ipc::MessageReader {
 public:
  MessageSource(std::shared_ptr<arrow::Buffer> schema, std::shared_ptr<arrow::Buffer> block)
      : schema_(std::move(schema)), block_(std::move(block)) {}

  arrow::Result<std::unique_ptr<ipc::Message>> ReadNextMessage() override {
    if (!has_schema_) {
      has_schema_ = true;
      return ipc::ReadMessage(&schema_);
    }
    ARROW_ASSIGN_OR_RAISE(int64_t at, block_.Tell());
    ARROW_ASSIGN_OR_RAISE(int64_t size, block_.GetSize());
    if (at == size) return nullptr;
    return ipc::ReadMessage(&block_);
  }

 private:
  arrow::io::BufferReader schema_;
  arrow::io::BufferReader block_;
  bool has_schema_ = false;
};

}  // namespace

std::shared_ptr<arrow::Buffer> WriteBlock(const std::shared_ptr<arrow::Schema>& schema,
                                          const Batches& batches) {
  auto out = Check(arrow::io::BufferOutputStream::Create());
  WriteMessages(schema, batches, Compressed(), out.get());
  return Check(out->Finish());
}

Buffers BlockParts(const std::shared_ptr<arrow::Schema>& schema, const Batches& batches) {
  PartStream out;
  WriteMessages(schema, batches, Aligned(), &out);
  return out.Take();
}

std::shared_ptr<arrow::RecordBatchReader> ReadBlock(const std::shared_ptr<arrow::Buffer>& schema,
                                                    std::shared_ptr<arrow::Buffer> block) {
  auto options = ipc::IpcReadOptions::Defaults();
  options.use_threads = false;
  return Check(ipc::RecordBatchStreamReader::Open(
      std::make_unique<MessageSource>(schema, std::move(block)), options));
}

}  // namespace pyrite::exchange
