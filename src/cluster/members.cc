#include "cluster/members.h"

#include <algorithm>
#include <future>

#include "base/error.h"
#include "worker/worker.h"

namespace pyrite::cluster {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kAskAgain(5);

}  // namespace

int Members::Ask(const std::string& address) {
  try {
    auto info = worker::DecodeWorkerInfo(peers_.Call(address, worker::kDescribe, ""));
    if (info.build != worker::BuildId()) {
      throw SparkError("CLUSTER_BUILD_MISMATCH.PYRITE",
                       {{"worker", info.build}, {"coordinator", worker::BuildId()}});
    }
    return info.threads;
  } catch (const SparkError& error) {
    if (error.condition() != "WORKER_LOST.PYRITE") throw;
    return 0;
  }
}

// All at once: one that is gone lets its caller wait for seconds.
void Members::AskThose(const std::vector<std::string>& addresses) {
  std::vector<std::future<int>> answers;
  for (const std::string& address : addresses) {
    answers.push_back(std::async(std::launch::async, [this, &address] { return Ask(address); }));
  }
  for (size_t i = 0; i < addresses.size(); ++i) {
    states_[addresses[i]] = {answers[i].get(), Clock::now()};
  }
}

std::vector<Member> Members::Alive() {
  auto addresses = resolver_->Addresses();
  std::lock_guard lock(mutex_);
  std::erase_if(states_, [&](const auto& state) {
    return std::find(addresses.begin(), addresses.end(), state.first) == addresses.end();
  });
  std::vector<std::string> due;
  for (const std::string& address : addresses) {
    auto [state, is_new] = states_.try_emplace(address);
    bool is_lost = state->second.threads == 0;
    if (is_new || (is_lost && Clock::now() - state->second.asked >= kAskAgain)) {
      due.push_back(address);
    }
  }
  AskThose(due);
  std::vector<Member> alive;
  for (const std::string& address : addresses) {
    if (int threads = states_[address].threads) alive.push_back({address, threads});
  }
  return alive;
}

void Members::Lost(const std::string& address) {
  std::lock_guard lock(mutex_);
  states_[address] = {0, Clock::now()};
}

}  // namespace pyrite::cluster
