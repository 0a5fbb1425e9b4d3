// The process of this node that keeps what its workers have made (worker/exchange_process.h), as
// one of them knows it. Thread-safe.
#pragma once

#include <mutex>
#include <string>
#include <utility>

namespace pyrite::exchange {

class NodeExchange {
 public:
  // "host:port"; empty: there is none.
  std::string address() const {
    std::lock_guard lock(mutex_);
    return address_;
  }
  void Set(std::string address) {
    std::lock_guard lock(mutex_);
    address_ = std::move(address);
  }

 private:
  mutable std::mutex mutex_;
  std::string address_;
};

}  // namespace pyrite::exchange
