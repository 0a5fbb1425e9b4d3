// One call to a peer: of an action, or a read of an output (call_message.h).
#pragma once

#include <arrow/flight/client.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "exchange/flight/call_message.h"
#include "exchange/flight/connections.h"

namespace pyrite::exchange {

class PeerCall {
 public:
  // Raises when the peer cannot be reached. `timeout`: of the whole call.
  PeerCall(Connections* connections, const std::string& address, const Request& request,
           std::optional<std::chrono::seconds> timeout = std::nullopt);
  ~PeerCall();

  // Of an action, given its body. Waits for it.
  std::string Reply(const std::string& body);
  // Of a question whether the peer is there.
  std::string Reply();
  // Of an output: its next batch, nullptr at its end.
  std::shared_ptr<arrow::RecordBatch> Next();

  // From any thread: who waits in Reply or Next stops waiting, with an error.
  void Cancel() { call_.reader->Cancel(); }

 private:
  void CheckPeer(const arrow::Status& status);
  arrow::flight::FlightStreamChunk NextChunk();

  Connections* const connections_;
  const std::string address_;
  const std::shared_ptr<arrow::flight::FlightClient> client_;
  arrow::flight::FlightClient::DoExchangeResult call_;
  bool ended_ = false;
};

}  // namespace pyrite::exchange
