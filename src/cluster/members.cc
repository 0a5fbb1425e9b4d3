#include "cluster/members.h"

#include <algorithm>
#include <utility>

namespace pyrite::cluster {
namespace {

// So many losses with no longer between two of them, and a worker gets no tasks for a while.
constexpr int kMostLosses = 3;
constexpr std::chrono::minutes kRemembered(5);

}  // namespace

Members::Members(std::shared_ptr<Resolver> resolver, exchange::Peers& peers,
                 std::string coordinator, MemberTimes times)
    : resolver_(std::move(resolver)),
      peers_(peers),
      times_(times),
      queries_(std::move(coordinator)),
      thread_([this] { Run(); }) {}

Members::~Members() {
  {
    std::lock_guard lock(mutex_);
    ends_ = true;
  }
  changed_.notify_all();
  thread_.join();
  questions_.clear();  // waits for them
}

void Members::Run() {
  while (!ends_) {
    auto addresses = resolver_->Addresses();
    Lock lock(mutex_);
    Follow(addresses);
    questions_.remove_if([](const std::future<void>& question) {
      return question.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
    });
    for (auto& [address, state] : states_) {
      if (IsDue(state)) Ask(address, state);
    }
    changed_.wait_for(lock, times_.look, [this] { return ends_.load(); });
  }
}

// Workers that are taken off the list may still have what running queries read.
void Members::Follow(const std::vector<std::string>& addresses) {
  for (auto& [address, state] : states_) state.is_listed = false;
  std::vector<std::string> exchanges;
  for (const std::string& address : addresses) {
    State& state = states_[address];
    state.is_listed = true;
    if (!state.exchange.empty()) exchanges.push_back(state.exchange);
  }
  for (const std::string& address : exchanges) states_[address].is_listed = true;
  std::erase_if(states_, [this](const auto& entry) {
    return !entry.second.is_listed && !entry.second.is_asked && queries_.empty();
  });
}

bool Members::IsDue(const State& state) const {
  if (state.is_asked) return false;
  auto pause = state.answers ? times_.ask : times_.ask_lost;
  return !state.is_known || Clock::now() - state.asked >= pause;
}

void Members::Ask(const std::string& address, State& state) {
  state.is_asked = true;
  questions_.push_back(std::async(std::launch::async, [this, address] {
    try {
      std::string beat = worker::Encode(queries_.Now());
      auto reply = peers_.Call(address, worker::kDescribe, beat, &ends_);
      Answered(address, worker::DecodeWorkerInfo(reply));
    } catch (const SparkError& error) {
      Refused(address, error);
    }
  }));
}

void Members::Answered(const std::string& address, const worker::WorkerInfo& info) {
  if (info.build != worker::BuildId()) {
    return Refused(address,
                   SparkError("CLUSTER_BUILD_MISMATCH.PYRITE",
                              {{"worker", info.build}, {"coordinator", worker::BuildId()}}));
  }
  std::lock_guard lock(mutex_);
  State& state = states_[address];
  state.is_asked = false;
  state.is_known = true;
  state.asked = Clock::now();
  state.answers = true;
  state.threads = info.threads;
  state.exchange = info.exchange;
  if (!info.exchange.empty()) states_[info.exchange];  // is asked from now on
  state.is_doubted = false;
  state.is_draining = info.is_draining;
  state.refusal.reset();
  changed_.notify_all();
}

void Members::Refused(const std::string& address, const SparkError& error) {
  std::lock_guard lock(mutex_);
  State& state = states_[address];
  state.is_asked = false;
  state.is_known = true;
  SetLost(state);
  state.refusal.reset();
  if (error.condition() != "WORKER_LOST.PYRITE" && !ends_) state.refusal = error;
  changed_.notify_all();
}

void Members::SetLost(State& state) {
  state.asked = Clock::now();
  if (!std::exchange(state.answers, false)) return;  // it was known already
  if (state.asked - state.lost > kRemembered) state.losses = 0;
  state.lost = state.asked;
  if (++state.losses >= kMostLosses) state.barred = state.asked + times_.barred;
}

std::vector<Member> Members::Alive() {
  auto addresses = resolver_->Addresses();
  Lock lock(mutex_);
  Follow(addresses);
  for (const std::string& address : addresses) {
    State& state = states_[address];
    if (!state.is_known && !state.is_asked) Ask(address, state);
  }
  changed_.wait(lock, [&] {
    return std::all_of(addresses.begin(), addresses.end(), [&](const std::string& address) {
      auto found = states_.find(address);
      return found == states_.end() || found->second.is_known;  // taken off the list meanwhile
    });
  });
  lock.unlock();
  return Known();
}

std::vector<Member> Members::Known() {
  auto addresses = resolver_->Addresses();
  std::lock_guard lock(mutex_);
  std::vector<Member> alive;
  for (const std::string& address : addresses) {
    auto found = states_.find(address);
    if (found == states_.end()) continue;
    const State& state = found->second;
    if (state.refusal) throw *state.refusal;
    bool takes_tasks =
        state.answers && !state.is_doubted && !state.is_draining && Clock::now() >= state.barred;
    if (takes_tasks) alive.push_back({address, state.threads});
  }
  return alive;
}

bool Members::IsLost(const std::string& address) {
  std::lock_guard lock(mutex_);
  auto found = states_.find(address);
  return found != states_.end() && found->second.is_known && !found->second.answers;
}

void Members::Lost(const std::string& address) {
  std::lock_guard lock(mutex_);
  auto found = states_.find(address);
  if (found != states_.end()) SetLost(found->second);
}

void Members::Doubt(const std::string& address) {
  std::lock_guard lock(mutex_);
  auto found = states_.find(address);
  if (found == states_.end() || !found->second.answers) return;
  found->second.is_doubted = true;
  if (!found->second.is_asked) Ask(address, found->second);
}

void Members::Drop(const std::string& address, const std::string& query) {
  std::lock_guard lock(mutex_);
  questions_.push_back(std::async(std::launch::async, [this, address, query] {
    try {
      peers_.Call(address, worker::kDropQuery, query, &ends_);
    } catch (const SparkError&) {
      if (!ends_) Lost(address);
    }
  }));
}

void Members::Drains(const std::string& address) {
  std::lock_guard lock(mutex_);
  auto found = states_.find(address);
  if (found != states_.end()) found->second.is_draining = true;
}

}  // namespace pyrite::cluster
