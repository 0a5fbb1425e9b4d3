#include "connect/arrow_response.h"

#include <arrow/api.h>
#include <arrow/io/interfaces.h>
#include <arrow/ipc/writer.h>
#include <google/protobuf/io/coded_stream.h>

#include <algorithm>

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

  std::vector<grpc::Slice> Finish() {
    Cut();
    return std::move(slices_);
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

void AppendNumber(int field, int64_t value, std::string* out) {
  uint8_t buffer[32];
  uint8_t* at = WriteTag(field, 0, buffer);
  at = CodedOutputStream::WriteVarint64ToArray(static_cast<uint64_t>(value), at);
  out->append(reinterpret_cast<char*>(buffer), static_cast<size_t>(at - buffer));
}

// Field and length of what follows.
void AppendHead(int field, int64_t size, std::string* out) {
  uint8_t buffer[32];
  uint8_t* at = WriteTag(field, 2, buffer);
  at = CodedOutputStream::WriteVarint64ToArray(static_cast<uint64_t>(size), at);
  out->append(reinterpret_cast<char*>(buffer), static_cast<size_t>(at - buffer));
}

// Bytes [begin, end) of the slices.
void AppendRange(const std::vector<grpc::Slice>& slices, int64_t begin, int64_t end,
                 std::vector<grpc::Slice>* out) {
  int64_t start = 0;
  for (const grpc::Slice& slice : slices) {
    auto size = static_cast<int64_t>(slice.size());
    int64_t from = std::max(begin - start, int64_t{0});
    int64_t to = std::min(end - start, size);
    if (from == 0 && to == size) {
      out->push_back(slice);
    } else if (from < to) {
      out->push_back(slice.sub(static_cast<size_t>(from), static_cast<size_t>(to)));
    }
    start += size;
  }
}

}  // namespace

ArrowResponses::ArrowResponses(const arrow::RecordBatch& batch, int64_t start_offset,
                               int64_t chunk_bytes)
    : rows_(batch.num_rows()), start_offset_(start_offset) {
  SliceStream stream;
  WriteStream(batch, &stream);
  bytes_ = stream.written();
  stream_ = stream.Finish();
  chunk_bytes_ = chunk_bytes > 0 ? chunk_bytes : bytes_;
  count_ = (bytes_ + chunk_bytes_ - 1) / chunk_bytes_;
}

grpc::ByteBuffer ArrowResponses::Make(const proto::ExecutePlanResponse& envelope,
                                      int64_t index) const {
  using Batch = proto::ExecutePlanResponse::ArrowBatch;
  int64_t begin = index * chunk_bytes_;
  int64_t end = std::min(bytes_, begin + chunk_bytes_);
  std::string fields;  // of the ArrowBatch: all but the data, which comes last
  AppendNumber(Batch::kRowCountFieldNumber, rows_, &fields);
  AppendNumber(Batch::kStartOffsetFieldNumber, start_offset_, &fields);
  if (count_ > 1) {
    AppendNumber(Batch::kChunkIndexFieldNumber, index, &fields);
    AppendNumber(Batch::kNumChunksInBatchFieldNumber, count_, &fields);
  }
  AppendHead(Batch::kDataFieldNumber, end - begin, &fields);
  std::string head = envelope.SerializeAsString();
  AppendHead(proto::ExecutePlanResponse::kArrowBatchFieldNumber,
             static_cast<int64_t>(fields.size()) + end - begin, &head);
  head += fields;
  std::vector<grpc::Slice> slices;
  slices.reserve(stream_.size() + 1);
  slices.emplace_back(head);
  AppendRange(stream_, begin, end, &slices);
  return grpc::ByteBuffer(slices.data(), slices.size());
}

std::string ToArrowStream(const arrow::RecordBatch& batch) {
  std::string out;
  SliceStream stream;
  WriteStream(batch, &stream);
  for (const grpc::Slice& slice : stream.Finish()) {
    out.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return out;
}

}  // namespace pyrite::connect
