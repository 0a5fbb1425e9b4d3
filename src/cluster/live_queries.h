// The queries of this coordinator that workers have tasks of: their names, and what the workers are
// told of them (worker/leases.h).
//
//   auto name = queries.Begin();   // until the last copy of it goes
//   queries.Now();
//
// Thread-safe; names may outlive it.
#pragma once

#include <memory>
#include <mutex>
#include <set>
#include <string>

#include "worker/leases.h"

namespace pyrite::cluster {

class LiveQueries {
 public:
  // `coordinator`: unique among the coordinators of the same workers.
  explicit LiveQueries(std::string coordinator);

  std::shared_ptr<const std::string> Begin();
  worker::Beat Now() const;
  bool empty() const;

 private:
  struct Numbers {
    std::mutex mutex;
    int64_t next = 1;
    std::set<int64_t> running;
  };
  const std::string coordinator_;
  const std::shared_ptr<Numbers> numbers_ = std::make_shared<Numbers>();
};

}  // namespace pyrite::cluster
