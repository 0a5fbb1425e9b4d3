// Asks the peers that calls wait for whether they are there, and cancels the calls to one that is
// silent: a machine that vanishes closes no connection.
//
//   Heartbeat::Guard guard(&heartbeat, address, [&] { call.Cancel(); });
//   ... wait for the call; when it fails, guard.lost() says so if it was for silence
//
// Each peer is asked on a thread of its own, and answers on one apart from those of its tasks: a
// busy worker is not taken for lost. Thread-safe.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "base/error.h"
#include "exchange/flight/connections.h"
#include "exchange/flight/peer_call.h"

namespace pyrite::exchange {

// From one question to the next, and until a question without an answer means that the peer is
// lost.
inline constexpr std::chrono::seconds kAskEvery(1);
inline constexpr std::chrono::seconds kSilence(6);

class Heartbeat {
  struct Waiting {
    std::function<void()> cancel;
    std::optional<SparkError> lost;
  };
  struct Peer {
    std::list<Waiting> calls;
    PeerCall* question = nullptr;
    std::condition_variable changed;
    std::thread thread;
  };

 public:
  explicit Heartbeat(Connections* connections) : connections_(connections) {}
  ~Heartbeat();

  // While it lives, `cancel` is called when the peer is silent.
  class Guard {
   public:
    Guard(Heartbeat* heartbeat, const std::string& address, std::function<void()> cancel);
    ~Guard();
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;

    // WORKER_LOST.PYRITE, once the call was cancelled.
    std::optional<SparkError> lost() const;

   private:
    Heartbeat* const heartbeat_;
    Peer* peer_;
    std::list<Waiting>::iterator place_;
  };

 private:
  void Run(const std::string& address, Peer& peer);
  // What is wrong with the peer.
  std::optional<SparkError> Ask(const std::string& address, Peer& peer);

  Connections* const connections_;
  std::mutex mutex_;
  bool ends_ = false;
  std::map<std::string, Peer> peers_;
};

}  // namespace pyrite::exchange
