#include "cluster/admission.h"

#include <string>

#include "base/error.h"

namespace pyrite::cluster {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kAskEvery(100);

}  // namespace

bool Admission::IsTurn(std::list<int>::const_iterator own) const {
  return most_ == 0 || (running_ < most_ && own == waiting_.begin());
}

Admission::Turn Admission::Enter(const std::function<bool()>& cancelled) {
  std::unique_lock lock(mutex_);
  auto own = waiting_.insert(waiting_.end(), 0);
  struct Going {  // before the lock goes
    Admission& admission;
    std::list<int>::const_iterator own;
    ~Going() {
      admission.waiting_.erase(own);
      admission.changed_.notify_all();
    }
  } going{*this, own};
  for (auto end = Clock::now() + patience_; !IsTurn(own);) {
    if (cancelled()) throw SparkError("OPERATION_CANCELED", {});
    if (Clock::now() >= end) {
      throw SparkError("CLUSTER_BUSY.PYRITE", {{"running", std::to_string(running_)},
                                               {"seconds", std::to_string(patience_.count())}});
    }
    changed_.wait_for(lock, kAskEvery);
  }
  ++running_;
  return {nullptr, [this](void*) { Leave(); }};
}

void Admission::Leave() {
  std::lock_guard lock(mutex_);
  --running_;
  changed_.notify_all();
}

}  // namespace pyrite::cluster
