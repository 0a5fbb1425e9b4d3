// How many queries run on the cluster at once. Others wait in the order in which they came.
//
//   Admission::Turn turn = admission.Enter(cancelled);   // until it goes
//
// Thread-safe.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <list>
#include <memory>
#include <mutex>

namespace pyrite::cluster {

class Admission {
 public:
  // `most`: queries at once, 0: any number; `patience`: how long others wait, 0: they do not.
  Admission(int most, std::chrono::seconds patience) : most_(most), patience_(patience) {}

  using Turn = std::shared_ptr<void>;
  // Raises CLUSTER_BUSY when its turn does not come in time, OPERATION_CANCELED when `cancelled`
  // says so, which is asked a few times a second.
  Turn Enter(const std::function<bool()>& cancelled);

 private:
  void Leave();
  bool IsTurn(std::list<int>::const_iterator own) const;

  const int most_;
  const std::chrono::seconds patience_;
  std::mutex mutex_;
  std::condition_variable changed_;
  int running_ = 0;
  std::list<int> waiting_;
};

}  // namespace pyrite::cluster
