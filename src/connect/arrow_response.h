// A record batch as ExecutePlanResponses, without a copy of its data: the messages are written
// around the batch's own buffers.
#pragma once

#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/slice.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "connect/proto.h"

namespace arrow {
class RecordBatch;
}

namespace pyrite::connect {

// A batch is one whole Arrow IPC stream, as clients expect; what is larger than a response may be
// goes out in chunks, to clients that put them together again.
class ArrowResponses {
 public:
  // `chunk_bytes`: at most so much of the stream in one response; 0 when the client knows no
  // chunks. `start_offset`: rows of the result before this batch.
  ArrowResponses(const arrow::RecordBatch& batch, int64_t start_offset, int64_t chunk_bytes);

  int64_t count() const { return count_; }
  // Response `index` of `count`. `envelope` holds the ids.
  grpc::ByteBuffer Make(const proto::ExecutePlanResponse& envelope, int64_t index) const;

 private:
  const int64_t rows_;
  const int64_t start_offset_;
  std::vector<grpc::Slice> stream_;
  int64_t bytes_ = 0;
  int64_t chunk_bytes_ = 0;
  int64_t count_ = 1;
};

// The stream as bytes of their own.
std::string ToArrowStream(const arrow::RecordBatch& batch);

}  // namespace pyrite::connect
