#include "worker/task_queue.h"

#include <algorithm>
#include <chrono>

#include "base/error.h"

namespace pyrite::worker {
namespace {

constexpr std::chrono::milliseconds kAskEvery(100);

}  // namespace

int TaskQueue::RunningOf(const std::string& query) const {
  auto found = running_.find(query);
  return found == running_.end() ? 0 : found->second;
}

TaskQueue::Waiting::const_iterator TaskQueue::Next() const {
  return std::min_element(waiting_.begin(), waiting_.end(), [this](const auto& a, const auto& b) {
    return RunningOf(a) < RunningOf(b);
  });
}

TaskQueue::Place::Place(TaskQueue& queue, const std::string& query,
                        const std::function<bool()>& cancelled)
    : queue_(queue), query_(query) {
  std::unique_lock lock(queue_.mutex_);
  auto own = queue_.waiting_.insert(queue_.waiting_.end(), query);
  struct Leave {  // before the lock goes
    TaskQueue& queue;
    Waiting::const_iterator own;
    ~Leave() {
      queue.waiting_.erase(own);
      queue.changed_.notify_all();  // the next one may have its turn now
    }
  } leave{queue_, own};
  while (queue_.free_ == 0 || queue_.Next() != own) {
    queue_.changed_.wait_for(lock, kAskEvery);
    if (cancelled()) throw SparkError("OPERATION_CANCELED", {});
  }
  --queue_.free_;
  ++queue_.running_[query_];
}

TaskQueue::Place::~Place() {
  std::lock_guard lock(queue_.mutex_);
  ++queue_.free_;
  auto own = queue_.running_.find(query_);
  if (--own->second == 0) queue_.running_.erase(own);
  queue_.changed_.notify_all();
}

int64_t TaskQueue::running() const {
  std::lock_guard lock(mutex_);
  int64_t sum = 0;
  for (const auto& [query, count] : running_) sum += count;
  return sum;
}

int64_t TaskQueue::waiting() const {
  std::lock_guard lock(mutex_);
  return static_cast<int64_t>(waiting_.size());
}

}  // namespace pyrite::worker
