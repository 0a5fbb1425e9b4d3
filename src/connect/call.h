// One RPC of a client: a byte stream each way. Every method blocks; but for Wake, all are for the
// one thread that serves the call at the time.
#pragma once

#include <grpcpp/alarm.h>
#include <grpcpp/completion_queue.h>
#include <grpcpp/generic/async_generic_service.h>

#include <atomic>
#include <chrono>
#include <string>

namespace pyrite::connect {

class Call {
 public:
  Call();
  ~Call();
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  // Asks for the next RPC that arrives; it comes out of `arrivals` under this call's address.
  void Request(grpc::AsyncGenericService* service, grpc::ServerCompletionQueue* arrivals);
  // It did: from here on the call must be finished.
  void Arrived() { arrived_ = true; }

  const std::string& method() const { return context_.method(); }
  const grpc::GenericServerContext& context() const { return context_; }
  // False when the client sends no more.
  bool Read(grpc::ByteBuffer* message);
  // False when the client is gone.
  bool Write(const grpc::ByteBuffer& message);
  void Finish(const grpc::Status& status);
  // The last message and the OK behind it, together.
  void WriteAndFinish(const grpc::ByteBuffer& message);
  // Until Wake, the deadline, or the client's going away; true when it was woken.
  bool Wait(std::chrono::system_clock::time_point deadline);
  bool gone() const { return gone_; }

  // From any thread, as long as the call lives. Callers serialize it (see Operation).
  void Wake();

 private:
  // Takes events until that of `tag`, with its outcome.
  bool Take(void* tag);
  void Note(void* tag, bool ok);

  grpc::GenericServerContext context_;
  grpc::GenericServerAsyncReaderWriter stream_;
  grpc::CompletionQueue queue_;
  grpc::Alarm alarm_;
  bool arrived_ = false;
  bool finished_ = false;
  bool done_ = false;  // the RPC has ended, for either side
  bool gone_ = false;  // by the client's doing
  bool woken_ = false;
  std::atomic<bool> wake_pending_ = false;
};

}  // namespace pyrite::connect
