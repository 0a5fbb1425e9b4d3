#include "udf/worker_pool.h"

#include <sys/socket.h>

#include <algorithm>

namespace pyrite::udf {
namespace {

// An idle worker has nothing to say: its end, or bytes that nobody asked for, make it unfit.
bool IsFit(const WorkerProcess& worker) {
  char byte;
  return ::recv(worker.socket(), &byte, 1, MSG_PEEK) < 0 && errno == EAGAIN;
}

}  // namespace

std::unique_ptr<WorkerProcess> WorkerPool::Take(const std::string& folder) {
  while (true) {
    std::unique_ptr<WorkerProcess> worker;
    {
      std::lock_guard lock(mutex_);
      auto found =
          std::ranges::find(idle_, folder, [](const auto& idle) { return idle->folder(); });
      if (found == idle_.end()) break;
      worker = std::move(*found);
      idle_.erase(found);
    }
    if (IsFit(*worker)) return worker;
  }
  return std::make_unique<WorkerProcess>(command_, folder);
}

// The longest idle one goes: it may be of a session that has ended.
void WorkerPool::GiveBack(std::unique_ptr<WorkerProcess> worker) {
  std::unique_ptr<WorkerProcess> last;
  std::lock_guard lock(mutex_);
  idle_.push_front(std::move(worker));
  if (idle_.size() <= kept_) return;
  last = std::move(idle_.back());
  idle_.pop_back();
}

}  // namespace pyrite::udf
