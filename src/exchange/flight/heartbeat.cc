#include "exchange/flight/heartbeat.h"

#include <utility>

#include "exchange/flight/flight_errors.h"

namespace pyrite::exchange {
namespace {

using Clock = std::chrono::steady_clock;

}  // namespace

Heartbeat::~Heartbeat() {
  {
    std::lock_guard lock(mutex_);
    ends_ = true;
    for (auto& [address, peer] : peers_) {
      if (peer.question != nullptr) peer.question->Cancel();
      peer.changed.notify_all();
    }
  }
  for (auto& [address, peer] : peers_) peer.thread.join();
}

void Heartbeat::Run(const std::string& address, Peer& peer) {
  std::unique_lock lock(mutex_);
  while (!ends_) {
    if (peer.calls.empty()) {
      peer.changed.wait(lock);
      continue;
    }
    // Most calls are over by then: their peers are never asked.
    if (peer.changed.wait_for(lock, kAskEvery, [this] { return ends_; })) return;
    if (peer.calls.empty()) continue;
    lock.unlock();
    auto lost = Ask(address, peer);
    lock.lock();
    if (!lost || ends_) continue;
    for (Waiting& call : peer.calls) {
      call.lost = lost;
      call.cancel();
    }
  }
}

std::optional<SparkError> Heartbeat::Ask(const std::string& address, Peer& peer) {
  auto asked = Clock::now();
  auto set_question = [&](PeerCall* question) {
    std::lock_guard lock(mutex_);
    peer.question = question;
    if (ends_ && question != nullptr) question->Cancel();
  };
  try {
    PeerCall question(connections_, address, {Request::Kind::kPing, ""}, kSilence);
    set_question(&question);
    struct Forget {
      decltype(set_question)& set;
      ~Forget() { set(nullptr); }
    } forget{set_question};
    question.Reply();
    return std::nullopt;
  } catch (const SparkError& error) {
    if (error.condition() != "WORKER_LOST.PYRITE") return std::nullopt;  // it has answered
    if (Clock::now() - asked < kSilence) return error;
    return WorkerLost(address,
                      "it has not answered for " + std::to_string(kSilence.count()) + " seconds");
  }
}

Heartbeat::Guard::Guard(Heartbeat* heartbeat, const std::string& address,
                        std::function<void()> cancel)
    : heartbeat_(heartbeat) {
  std::lock_guard lock(heartbeat_->mutex_);
  peer_ = &heartbeat_->peers_[address];
  place_ = peer_->calls.insert(peer_->calls.end(), {std::move(cancel), std::nullopt});
  if (!peer_->thread.joinable()) {
    peer_->thread =
        std::thread([heartbeat, address, peer = peer_] { heartbeat->Run(address, *peer); });
  }
  if (peer_->calls.size() == 1) peer_->changed.notify_all();
}

Heartbeat::Guard::~Guard() {
  std::lock_guard lock(heartbeat_->mutex_);
  peer_->calls.erase(place_);
}

std::optional<SparkError> Heartbeat::Guard::lost() const {
  std::lock_guard lock(heartbeat_->mutex_);
  return place_->lost;
}

}  // namespace pyrite::exchange
