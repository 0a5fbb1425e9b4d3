// The responses of one operation on their way to the client: made by the operation's thread, sent
// by the thread of whichever call reads them, and kept for a client that may come back.
// Thread-safe.
#pragma once

#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/status.h>

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "connect/call.h"

namespace pyrite::connect {

struct Response {
  uint64_t index = 0;
  grpc::ByteBuffer bytes;
  size_t size = 0;
};

class Responses {
 public:
  // `keep`: sent responses stay until they are released (a reattachable operation).
  explicit Responses(bool keep);

  // ---- the operation's side
  // The id that the next response must carry.
  std::string NextId() const;
  std::string LastSentId() const;
  // Waits while the client is too far behind; false when the operation is to stop.
  bool Append(grpc::ByteBuffer bytes);
  // No more responses: the status that the call ends with.
  void End(grpc::Status status);
  // Bytes made and not sent yet.
  size_t Waiting() const;
  bool ended() const;

  // ---- a reader's side
  // `call` reads from now on, after the response with that id (from the first when empty); whoever
  // read before is cut off. Raises INVALID_CURSOR conditions.
  void Attach(Call* call, const std::string& after_id);
  void Detach(Call* call);
  struct Step {
    enum class Kind { kResponse, kEnd, kWait, kCutOff } kind = Kind::kWait;
    Response response;
    bool last = false;    // it is the last one, and the operation succeeded
    grpc::Status status;  // kEnd
  };
  Step Next(Call* call);
  void Release(const std::string& until_id);
  // The operation is to stop: Append waits no more and takes nothing.
  void Stop();

 private:
  std::string IdOf(uint64_t index) const;
  std::optional<uint64_t> IndexOf(const std::string& id) const;
  void DropSent();
  void WakeReader();

  const bool keep_;
  const uint64_t prefix_;  // of the ids
  mutable std::mutex mutex_;
  std::condition_variable space_;
  std::deque<Response> responses_;
  uint64_t made_ = 0;   // responses appended
  uint64_t sent_ = 0;   // responses that the reader has taken
  size_t waiting_ = 0;  // bytes of those not yet taken
  size_t kept_ = 0;     // bytes of those taken
  Call* reader_ = nullptr;
  bool reader_waits_ = false;
  bool stopped_ = false;
  std::optional<grpc::Status> end_;
};

}  // namespace pyrite::connect
