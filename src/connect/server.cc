#include "connect/server.h"

#include <grpc/grpc.h>
#include <grpcpp/server_builder.h>

#include <chrono>
#include <limits>

#include "base/errors.h"
#include "base/thread.h"
#include "connect/credentials.h"

namespace pyrite::connect {
namespace {

constexpr int kWorkers = 4;                                       // wait for calls, at the least
constexpr int kMaximumIdleWorkers = 8;                            // more than these leave
constexpr int kMaximumMessage = std::numeric_limits<int>::max();  // what protobuf can read
constexpr auto kStopGrace = std::chrono::seconds(1);

// The last user of gRPC shuts it down, and that waits up to ten seconds for its pollers. The
// process itself is a user for as long as it lives.
void KeepGrpc() {
  static const bool kept = (grpc_init(), true);
  static_cast<void>(kept);
}

}  // namespace

Server::Server(const ServerOptions& options, std::shared_ptr<engine::ExecutionEngine> engine)
    : engine_(engine), service_(options, std::move(engine)) {}

std::unique_ptr<Server> Server::Start(const ServerOptions& options,
                                      std::shared_ptr<engine::ExecutionEngine> engine) {
  KeepGrpc();
  std::shared_ptr<grpc::ServerCredentials> credentials = CredentialsOf(options);
  std::unique_ptr<Server> server(new Server(options, std::move(engine)));
  std::string address = options.host + ":" + std::to_string(options.port);
  grpc::ServerBuilder builder;
  builder.AddListeningPort(address, credentials, &server->port_);
  builder.RegisterAsyncGenericService(&server->generic_);
  builder.SetMaxReceiveMessageSize(kMaximumMessage);
  builder.SetMaxSendMessageSize(-1);
  // Two servers on one port would share its clients between them.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, options.port_reserved ? 1 : 0);
  server->arrivals_ = builder.AddCompletionQueue();
  server->server_ = builder.BuildAndStart();
  if (server->server_ == nullptr || server->port_ == 0) {
    server->arrivals_->Shutdown();
    server->arrivals_ = nullptr;
    throw SparkError("SERVER_CANNOT_LISTEN.PYRITE", {{"address", address}});
  }
  server->service_.Listens(options, server->port_);
  for (int i = 0; i < kWorkers; ++i) {
    server->AcceptOne();
    server->StartWorker();
  }
  return server;
}

Server::~Server() { Stop(); }

void Server::AcceptOne() {
  std::lock_guard lock(mutex_);
  if (!stopping_) (new Call())->Request(&generic_, arrivals_.get());
}

void Server::StartWorker() {
  {
    std::lock_guard lock(mutex_);
    ++workers_;
    ++idle_;
  }
  StartThread([this] { RunWorker(); });
}

// Leader and followers: whoever gets a call serves it himself, having seen to it that somebody else
// waits for the next one.
void Server::RunWorker() {
  void* tag = nullptr;
  bool ok = false;
  while (arrivals_->Next(&tag, &ok)) {
    std::shared_ptr<Call> call(static_cast<Call*>(tag));
    if (!ok) continue;
    call->Arrived();
    bool need_worker = false;
    {
      std::lock_guard lock(mutex_);
      need_worker = --idle_ == 0 && !stopping_;
    }
    if (need_worker) StartWorker();
    AcceptOne();
    service_.Serve(std::move(call));
    std::lock_guard lock(mutex_);
    if (++idle_ > kMaximumIdleWorkers) break;
  }
  std::lock_guard lock(mutex_);
  --idle_;
  --workers_;
  worker_left_.notify_all();
}

void Server::Stop() {
  if (server_ == nullptr) return;
  {
    std::lock_guard lock(mutex_);
    if (stopping_) return;
    stopping_ = true;
  }
  service_.Stop();
  server_->Shutdown(std::chrono::system_clock::now() + kStopGrace);
  arrivals_->Shutdown();
  std::unique_lock lock(mutex_);
  worker_left_.wait(lock, [this] { return workers_ == 0; });
}

}  // namespace pyrite::connect
