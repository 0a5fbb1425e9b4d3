// Looks at flags, and cancels the calls whose flag has turned true.
//
//   CancelWatch::Guard guard(&watch, flag, [&] { call->Cancel(); });
//
// Thread-safe.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <list>
#include <mutex>
#include <thread>

namespace pyrite::exchange {

class CancelWatch {
  struct Watched {
    const std::atomic<bool>* flag;
    std::function<void()> cancel;
  };

 public:
  CancelWatch();
  ~CancelWatch();

  // While it lives, `cancel` is called while `flag` is true. The flag may be nullptr.
  class Guard {
   public:
    Guard(CancelWatch* watch, const std::atomic<bool>* flag, std::function<void()> cancel);
    ~Guard();
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;

   private:
    CancelWatch* const watch_;
    const bool watched_;
    std::list<Watched>::iterator place_;
  };

 private:
  void Run();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::list<Watched> watched_;
  bool ends_ = false;
  std::thread thread_;
};

}  // namespace pyrite::exchange
