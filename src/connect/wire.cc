#include "connect/wire.h"

#include <google/protobuf/io/coded_stream.h>
#include <grpcpp/support/proto_buffer_reader.h>

namespace pyrite::connect {
namespace {

// Twice a level of the plan: a relation and the message inside of it.
constexpr int kRecursionLimit = 100000;

bool ParseFrom(google::protobuf::io::CodedInputStream* input,
               google::protobuf::MessageLite* message) {
  input->SetRecursionLimit(kRecursionLimit);
  return message->ParseFromCodedStream(input) && input->ConsumedEntireMessage();
}

}  // namespace

bool Parse(grpc::ByteBuffer* bytes, google::protobuf::MessageLite* message) {
  grpc::ProtoBufferReader reader(bytes);
  if (!reader.status().ok()) return false;
  google::protobuf::io::CodedInputStream input(&reader);
  return ParseFrom(&input, message);
}

bool Parse(const void* data, size_t size, google::protobuf::MessageLite* message) {
  google::protobuf::io::CodedInputStream input(static_cast<const uint8_t*>(data),
                                               static_cast<int>(size));
  return ParseFrom(&input, message);
}

grpc::ByteBuffer ToBytes(const google::protobuf::MessageLite& message) {
  grpc::Slice slice(message.ByteSizeLong());
  message.SerializeWithCachedSizesToArray(const_cast<uint8_t*>(slice.begin()));
  return grpc::ByteBuffer(&slice, 1);
}

}  // namespace pyrite::connect
