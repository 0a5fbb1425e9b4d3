// The workers of a cluster, as the coordinator knows them: who answers, and with how many threads.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "cluster/resolver.h"
#include "exchange/peers.h"

namespace pyrite::cluster {

struct Member {
  std::string address;
  int threads = 0;  // tasks that it runs at once
};

// Thread-safe.
class Members {
 public:
  Members(std::shared_ptr<Resolver> resolver, exchange::Peers& peers)
      : resolver_(std::move(resolver)), peers_(peers) {}

  // Those of the resolver's that answer. Asks again for who did not, at most every few seconds.
  std::vector<Member> Alive();
  // A call to the worker has failed.
  void Lost(const std::string& address);
  std::vector<std::string> Addresses() { return resolver_->Addresses(); }

 private:
  struct State {
    int threads = 0;  // 0: does not answer
    std::chrono::steady_clock::time_point asked;
  };
  int Ask(const std::string& address);
  void AskThose(const std::vector<std::string>& addresses);

  const std::shared_ptr<Resolver> resolver_;
  exchange::Peers& peers_;
  std::mutex mutex_;
  std::map<std::string, State> states_;
};

}  // namespace pyrite::cluster
