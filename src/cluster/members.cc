#include "cluster/members.h"

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

std::vector<Member> Members::Alive() {
  std::lock_guard lock(mutex_);
  std::vector<Member> alive;
  for (const std::string& address : addresses_) {
    State& state = states_[address];
    bool is_due = Clock::now() - state.asked >= kAskAgain;
    if (state.threads == 0 && is_due) {
      state.threads = Ask(address);
      state.asked = Clock::now();
    }
    if (state.threads > 0) alive.push_back({address, state.threads});
  }
  return alive;
}

void Members::Lost(const std::string& address) {
  std::lock_guard lock(mutex_);
  states_[address] = {0, Clock::now()};
}

}  // namespace pyrite::cluster
