// Events of a session's queries on their way to its client, which listens on one call at a time.
// Thread-safe.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>

namespace pyrite::streaming {

struct ListenerEvent {
  enum class Kind : uint8_t { kProgress, kIdle, kTerminated } kind = Kind::kProgress;
  std::string json;
};

class ListenerBus {
 public:
  // Somebody listens from now on: under this number. Whoever did before listens no more.
  int64_t Open();
  // Nobody does; the events that have been posted are still read.
  void Close();
  // Dropped when nobody listens.
  void Post(ListenerEvent event);

  struct Step {
    std::optional<ListenerEvent> event;
    bool closed = false;
  };
  // The next event; neither of the two when none comes in that time.
  Step Next(int64_t listener, std::chrono::milliseconds wait);

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<ListenerEvent> events_;
  int64_t listener_ = 0;
  bool open_ = false;
};

}  // namespace pyrite::streaming
