#include "streaming/listener_bus.h"

namespace pyrite::streaming {

int64_t ListenerBus::Open() {
  std::lock_guard lock(mutex_);
  open_ = true;
  events_.clear();
  changed_.notify_all();
  return ++listener_;
}

void ListenerBus::Close() {
  std::lock_guard lock(mutex_);
  open_ = false;
  changed_.notify_all();
}

void ListenerBus::Post(ListenerEvent event) {
  std::lock_guard lock(mutex_);
  if (!open_) return;
  events_.push_back(std::move(event));
  changed_.notify_all();
}

ListenerBus::Step ListenerBus::Next(int64_t listener, std::chrono::milliseconds wait) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, wait,
                    [&] { return !events_.empty() || !open_ || listener != listener_; });
  if (listener != listener_) return {std::nullopt, true};
  if (events_.empty()) return {std::nullopt, !open_};
  ListenerEvent event = std::move(events_.front());
  events_.pop_front();
  return {std::move(event), false};
}

}  // namespace pyrite::streaming
