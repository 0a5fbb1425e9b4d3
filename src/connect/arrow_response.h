// A record batch as an ExecutePlanResponse, without a copy of its data: the message is written
// around the batch's own buffers.
#pragma once

#include <grpcpp/support/byte_buffer.h>

#include <cstdint>
#include <memory>
#include <string>

#include "connect/proto.h"

namespace arrow {
class RecordBatch;
}

namespace pyrite::connect {

// The batch is one whole Arrow IPC stream, as clients expect. `envelope` holds the ids.
grpc::ByteBuffer ToArrowResponse(const proto::ExecutePlanResponse& envelope,
                                 const arrow::RecordBatch& batch, int64_t start_offset);
// The same stream as bytes of their own.
std::string ToArrowStream(const arrow::RecordBatch& batch);

}  // namespace pyrite::connect
