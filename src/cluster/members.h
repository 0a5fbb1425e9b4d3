// The workers of a cluster, as the coordinator knows them: who answers, takes tasks, and runs how
// many of them; and the exchanges of their nodes. A thread asks all of them every few seconds,
// whether queries run or not.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <future>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/error.h"
#include "cluster/live_queries.h"
#include "cluster/resolver.h"
#include "exchange/peers.h"
#include "worker/worker.h"

namespace pyrite::cluster {

struct Member {
  std::string address;
  int threads = 0;  // tasks that it runs at once
};

struct MemberTimes {
  std::chrono::milliseconds look{1000};      // between two looks at who has to be asked
  std::chrono::milliseconds ask{2000};       // and two questions to one that answers
  std::chrono::milliseconds ask_lost{5000};  // to one that does not
  std::chrono::milliseconds barred{60000};   // without tasks, after some losses
};

// Thread-safe.
class Members {
 public:
  Members(std::shared_ptr<Resolver> resolver, exchange::Peers& peers, std::string coordinator,
          MemberTimes times = {});
  ~Members();

  // Those of the resolver's that answer and take tasks; waits for the answers of new ones. Raises
  // what one of them refuses this node with.
  std::vector<Member> Alive();
  // The same, of those that have answered so far.
  std::vector<Member> Known();
  // Whether the worker or the exchange has answered once, and does not now.
  bool IsLost(const std::string& address);
  // A call from this node to the worker has failed. One that is lost again and again is given no
  // tasks for a while.
  void Lost(const std::string& address);
  // Another worker's call to it has failed: it is asked, and is given no tasks until it answers.
  // It may be an exchange.
  void Doubt(const std::string& address);
  // It has refused a task, since it is to end.
  void Drains(const std::string& address);
  // Has it give up what it has of a query; nobody waits for it. One that does not hear this is told
  // with the next question what is over.
  void Drop(const std::string& address, const std::string& query);
  std::vector<std::string> Addresses() { return resolver_->Addresses(); }
  LiveQueries& queries() { return queries_; }

 private:
  using Clock = std::chrono::steady_clock;
  struct State {
    bool is_listed = true;  // by the resolver; of an exchange: by a worker that is
    bool is_asked = false;  // its answer is awaited
    bool is_known = false;  // it was asked once
    bool is_doubted = false;
    bool is_draining = false;
    bool answers = false;
    int threads = 0;
    std::string exchange;  // of its node
    std::optional<SparkError> refusal;
    Clock::time_point asked;
    int losses = 0;            // of late
    Clock::time_point lost;    // the last of them
    Clock::time_point barred;  // it gets no tasks until then
  };
  using Lock = std::unique_lock<std::mutex>;

  void Run();
  void Follow(const std::vector<std::string>& addresses);
  bool IsDue(const State& state) const;
  void Ask(const std::string& address, State& state);
  void Answered(const std::string& address, const worker::WorkerInfo& info);
  void Refused(const std::string& address, const SparkError& error);
  void SetLost(State& state);

  const std::shared_ptr<Resolver> resolver_;
  exchange::Peers& peers_;
  const MemberTimes times_;
  LiveQueries queries_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::atomic<bool> ends_ = false;
  std::map<std::string, State> states_;
  std::list<std::future<void>> questions_;
  std::thread thread_;
};

}  // namespace pyrite::cluster
