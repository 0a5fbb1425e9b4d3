#include "connect/arrow_response.h"

#include <arrow/api.h>
#include <arrow/io/interfaces.h>
#include <arrow/ipc/writer.h>
#include <google/protobuf/io/coded_stream.h>

#include "base/errors.h"

namespace pyrite::connect {
namespace {

using google::protobuf::io::CodedOutputStream;

// Smaller pieces are cheaper to copy than to send by reference.
constexpr int64_t kMinimumSlice = 4096;

void Check(const arrow::Status& status) {
  if (!status.ok()) throw errors::Internal(status.ToString());
}

void Release(void* owner) { delete static_cast<std::shared_ptr<arrow::Buffer>*>(owner); }

// Gathers what Arrow writes as slices.
class SliceStream : public arrow::io::OutputStream {
 public:
  arrow::Status Write(const void* data, int64_t size) override {
    pending_.append(static_cast<const char*>(data), static_cast<size_t>(size));
    written_ += size;
    return arrow::Status::OK();
  }

  arrow::Status Write(const std::shared_ptr<arrow::Buffer>& buffer) override {
    if (buffer->size() < kMinimumSlice) return Write(buffer->data(), buffer->size());
    Cut();
    auto* owner = new std::shared_ptr<arrow::Buffer>(buffer);
    slices_.emplace_back(const_cast<uint8_t*>(buffer->data()), static_cast<size_t>(buffer->size()),
                         Release, owner);
    written_ += buffer->size();
    return arrow::Status::OK();
  }

  arrow::Status Close() override { return arrow::Status::OK(); }
  bool closed() const override { return false; }
  arrow::Result<int64_t> Tell() const override { return written_; }

  int64_t written() const { return written_; }

  // The slices, `head` before them.
  std::vector<grpc::Slice> Finish(const std::string& head) {
    Cut();
    std::vector<grpc::Slice> out;
    out.reserve(slices_.size() + 1);
    out.emplace_back(head);
    for (grpc::Slice& slice : slices_) out.push_back(std::move(slice));
    return out;
  }

 private:
  void Cut() {
    if (pending_.empty()) return;
    slices_.emplace_back(pending_);
    pending_.clear();
  }

  std::string pending_;
  std::vector<grpc::Slice> slices_;
  int64_t written_ = 0;
};

void WriteStream(const arrow::RecordBatch& batch, arrow::io::OutputStream* out) {
  const arrow::ipc::IpcWriteOptions options = arrow::ipc::IpcWriteOptions::Defaults();
  arrow::ipc::DictionaryFieldMapper mapper(*batch.schema());
  if (mapper.num_fields() != 0) throw errors::Internal("A result has a dictionary column.");
  arrow::ipc::IpcPayload payload;
  int32_t metadata_size = 0;
  Check(arrow::ipc::GetSchemaPayload(*batch.schema(), options, mapper, &payload));
  Check(arrow::ipc::WriteIpcPayload(payload, options, out, &metadata_size));
  arrow::ipc::IpcPayload body;
  Check(arrow::ipc::GetRecordBatchPayload(batch, options, &body));
  Check(arrow::ipc::WriteIpcPayload(body, options, out, &metadata_size));
  constexpr uint8_t kEnd[8] = {0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0};
  Check(out->Write(kEnd, sizeof(kEnd)));
}

uint8_t* WriteTag(int field, int wire_type, uint8_t* at) {
  return CodedOutputStream::WriteTagToArray(static_cast<uint32_t>(field << 3 | wire_type), at);
}

// The fields of ArrowBatch but its data, and the data's tag and length.
std::string BatchHead(int64_t rows, int64_t start_offset, uint64_t data_size) {
  uint8_t buffer[64];
  uint8_t* at = WriteTag(1, 0, buffer);
  at = CodedOutputStream::WriteVarint64ToArray(static_cast<uint64_t>(rows), at);
  at = WriteTag(3, 0, at);
  at = CodedOutputStream::WriteVarint64ToArray(static_cast<uint64_t>(start_offset), at);
  at = WriteTag(2, 2, at);
  at = CodedOutputStream::WriteVarint64ToArray(data_size, at);
  return std::string(reinterpret_cast<char*>(buffer), static_cast<size_t>(at - buffer));
}

}  // namespace

grpc::ByteBuffer ToArrowResponse(const proto::ExecutePlanResponse& envelope,
                                 const arrow::RecordBatch& batch, int64_t start_offset) {
  SliceStream stream;
  WriteStream(batch, &stream);
  uint64_t size = static_cast<uint64_t>(stream.written());
  std::string batch_head = BatchHead(batch.num_rows(), start_offset, size);
  std::string head = envelope.SerializeAsString();
  uint8_t buffer[16];
  uint8_t* at = WriteTag(proto::ExecutePlanResponse::kArrowBatchFieldNumber, 2, buffer);
  at = CodedOutputStream::WriteVarint64ToArray(batch_head.size() + size, at);
  head.append(reinterpret_cast<char*>(buffer), static_cast<size_t>(at - buffer));
  head += batch_head;
  std::vector<grpc::Slice> slices = stream.Finish(head);
  return grpc::ByteBuffer(slices.data(), slices.size());
}

std::string ToArrowStream(const arrow::RecordBatch& batch) {
  std::string out;
  SliceStream stream;
  WriteStream(batch, &stream);
  for (const grpc::Slice& slice : stream.Finish("")) {
    out.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return out;
}

}  // namespace pyrite::connect
