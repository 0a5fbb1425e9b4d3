#include "exchange/flight/peer_call.h"

#include <arrow/record_batch.h>

#include <utility>

#include "exchange/flight/flight_errors.h"

namespace pyrite::exchange {

namespace flight = arrow::flight;

PeerCall::PeerCall(Connections* connections, const std::string& address, const Request& request,
                   std::optional<std::chrono::seconds> timeout)
    : connections_(connections), address_(address), client_(connections->To(address)) {
  auto descriptor = flight::FlightDescriptor::Command(RequestBytes(request));
  flight::FlightCallOptions options = connections_->call_options();
  if (timeout) options.timeout = *timeout;
  auto call = client_->DoExchange(options, descriptor);
  CheckPeer(call.status());
  call_ = std::move(call).MoveValueUnsafe();
}

PeerCall::~PeerCall() {
  if (call_.reader != nullptr && !ended_) call_.reader->Cancel();
  if (call_.writer != nullptr) static_cast<void>(call_.writer->Close());
}

void PeerCall::CheckPeer(const arrow::Status& status) {
  if (status.ok()) return;
  connections_->Forget(address_, client_);
  throw PeerError(address_, status);
}

flight::FlightStreamChunk PeerCall::NextChunk() {
  auto chunk = call_.reader->Next();
  CheckPeer(chunk.status());
  ended_ = chunk->data == nullptr && chunk->app_metadata == nullptr;
  return std::move(chunk).MoveValueUnsafe();
}

std::string PeerCall::Reply(const std::string& body) {
  CheckPeer(call_.writer->WriteMetadata(BodyMessage(body)));
  return Reply();
}

std::string PeerCall::Reply() {
  flight::FlightStreamChunk chunk = NextChunk();
  static_cast<void>(call_.reader->Next());  // its end, whatever becomes of the peer now
  ended_ = true;
  return ReadReply(chunk.app_metadata);
}

std::shared_ptr<arrow::RecordBatch> PeerCall::Next() {
  flight::FlightStreamChunk chunk = NextChunk();
  if (chunk.data == nullptr && chunk.app_metadata != nullptr) ReadReply(chunk.app_metadata);
  return std::move(chunk.data);
}

}  // namespace pyrite::exchange
