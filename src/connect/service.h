// The Spark Connect service: one method for each RPC, called by the server's threads.
// Thread-safe.
#pragma once

#include <atomic>
#include <condition_variable>
#include <list>
#include <memory>
#include <mutex>
#include <thread>

#include "connect/call.h"
#include "connect/sessions.h"

namespace pyrite::connect {

class Service {
 public:
  Service(const ServerOptions& options, std::shared_ptr<engine::ExecutionEngine> engine);
  ~Service();

  // Serves one call to its end.
  void Serve(std::shared_ptr<Call> call);
  // Where the server listens, once it does.
  void Listens(const ServerOptions& options, int port);
  // Ends all operations.
  void Stop();

 private:
  // Unary RPCs: a request in, a response out, SparkError otherwise.
  proto::AnalyzePlanResponse Analyze(SessionHolder& holder, const proto::AnalyzePlanRequest&);
  proto::ConfigResponse Config(SessionHolder& holder, const proto::ConfigRequest&);
  proto::ArtifactStatusesResponse ArtifactStatus(SessionHolder&,
                                                 const proto::ArtifactStatusesRequest&);
  proto::InterruptResponse Interrupt(SessionHolder& holder, const proto::InterruptRequest&);
  proto::FetchErrorDetailsResponse FetchErrorDetails(SessionHolder&,
                                                     const proto::FetchErrorDetailsRequest&);
  proto::CloneSessionResponse CloneSession(SessionHolder&, const proto::CloneSessionRequest&);
  proto::GetStatusResponse GetStatus(SessionHolder& holder, const proto::GetStatusRequest&);

  template <typename Request, typename Response>
  void Unary(Call& call, Response (Service::*method)(SessionHolder&, const Request&));

  void ReleaseExecute(Call& call);
  void ReleaseSession(Call& call);
  void AddArtifacts(Call& call);
  void ExecutePlan(std::shared_ptr<Call> call);
  void ReattachExecute(std::shared_ptr<Call> call);
  // Sends the operation's responses until they end or the client goes.
  void SendResponses(Call& call, SessionHolder& holder, Operation& operation);
  // Gives the sending of its responses to another thread, unless that has been done.
  void SendElsewhere(std::shared_ptr<Call> call, std::shared_ptr<SessionHolder> holder,
                     std::shared_ptr<Operation> operation);

  // Operations that run on the thread of their call; the watch gives them a sender when they take
  // longer than a moment, so that a client that goes away is noticed.
  struct Watched {
    std::chrono::steady_clock::time_point start;
    std::function<void()> send_elsewhere;
  };
  std::list<Watched>::iterator Watch(std::function<void()> send_elsewhere);
  void Unwatch(std::list<Watched>::iterator watched);
  void RunWatch();

  const std::string token_;
  Sessions sessions_;
  std::mutex watch_mutex_;
  std::condition_variable watch_changed_;
  std::list<Watched> watched_;
  bool watch_sleeps_ = false;
  bool stopped_ = false;
  std::thread watch_;
  std::mutex sender_mutex_;
  std::condition_variable sender_left_;
  std::atomic<int> senders_ = 0;
};

}  // namespace pyrite::connect
