// Messages to and from gRPC's byte buffers.
#pragma once

#include <google/protobuf/message_lite.h>
#include <grpcpp/support/byte_buffer.h>

namespace pyrite::connect {

// False when the bytes are not such a message. Nesting is allowed far deeper than protobuf's
// default: clients send chains of thousands of relations.
bool Parse(grpc::ByteBuffer* bytes, google::protobuf::MessageLite* message);
bool Parse(const void* data, size_t size, google::protobuf::MessageLite* message);
grpc::ByteBuffer ToBytes(const google::protobuf::MessageLite& message);

}  // namespace pyrite::connect
