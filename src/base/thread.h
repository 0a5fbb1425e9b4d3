// Threads for work on plans: their stacks are deep enough for conversion and analysis of plans
// nested thousands deep. Only touched pages of a stack cost memory.
#pragma once

#include <pthread.h>

#include <functional>

namespace pyrite {

// Runs `work` on a thread of its own, detached.
void StartThread(std::function<void()> work);

// Runs `work`, and is waited for when it goes.
class Thread {
 public:
  explicit Thread(std::function<void()> work);
  ~Thread() { pthread_join(thread_, nullptr); }
  Thread(const Thread&) = delete;
  Thread& operator=(const Thread&) = delete;

 private:
  pthread_t thread_;
};

}  // namespace pyrite
