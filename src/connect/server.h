// The gRPC server: listens, and serves each call on a thread with a deep stack.
//
//   auto server = Server::Start({.host = "127.0.0.1", .port = 0}, engine);
//   server->port(); server->Stop();
//
// Thread-safe.
#pragma once

#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/server.h>

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>

#include "connect/service.h"

namespace pyrite::connect {

class Server {
 public:
  // Raises when the address cannot be listened on.
  static std::unique_ptr<Server> Start(const ServerOptions& options,
                                       std::shared_ptr<engine::ExecutionEngine> engine);
  ~Server();

  int port() const { return port_; }
  // The process is to end at once, whatever runs: leaves nothing on disk.
  void Abandon() { engine_->Abandon(); }
  // Interrupts what runs, and returns when all calls have ended. May be called again.
  void Stop();

 private:
  Server(const ServerOptions& options, std::shared_ptr<engine::ExecutionEngine> engine);

  void AcceptOne();
  void StartWorker();
  void RunWorker();

  const std::shared_ptr<engine::ExecutionEngine> engine_;
  grpc::AsyncGenericService generic_;
  std::unique_ptr<grpc::ServerCompletionQueue> arrivals_;
  std::unique_ptr<grpc::Server> server_;
  Service service_;
  int port_ = 0;
  std::mutex mutex_;
  std::condition_variable worker_left_;
  int workers_ = 0;
  int idle_ = 0;
  bool stopping_ = false;
};

}  // namespace pyrite::connect
