#include "exchange/flight/cancel_watch.h"

#include <chrono>
#include <utility>

namespace pyrite::exchange {
namespace {

constexpr std::chrono::milliseconds kInterval(20);

}  // namespace

CancelWatch::CancelWatch() : thread_([this] { Run(); }) {}

CancelWatch::~CancelWatch() {
  {
    std::lock_guard lock(mutex_);
    ends_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void CancelWatch::Run() {
  std::unique_lock lock(mutex_);
  while (!ends_) {
    for (const Watched& watched : watched_) {
      if (watched.flag->load()) watched.cancel();
    }
    if (watched_.empty()) {
      changed_.wait(lock);
    } else {
      changed_.wait_for(lock, kInterval);
    }
  }
}

CancelWatch::Guard::Guard(CancelWatch* watch, const std::atomic<bool>* flag,
                          std::function<void()> cancel)
    : watch_(watch), watched_(flag != nullptr) {
  if (!watched_) return;
  std::lock_guard lock(watch_->mutex_);
  place_ = watch_->watched_.insert(watch_->watched_.end(), {flag, std::move(cancel)});
  watch_->changed_.notify_one();
}

CancelWatch::Guard::~Guard() {
  if (!watched_) return;
  std::lock_guard lock(watch_->mutex_);
  watch_->watched_.erase(place_);
}

}  // namespace pyrite::exchange
