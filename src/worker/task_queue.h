// The tasks that a worker runs at once: as many as it has threads. Others wait; a place that is
// free goes to the query with the fewest tasks here, among equals to the one that has waited
// longest.
//
//   TaskQueue::Place place(queue, "query-7", cancelled);
//
// Thread-safe.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <string>

namespace pyrite::worker {

class TaskQueue {
 public:
  explicit TaskQueue(int places) : free_(places) {}

  // A task that runs, for as long as this lives.
  class Place {
   public:
    // Waits for its turn. `cancelled` is asked a few times a second; OPERATION_CANCELED then, or
    // what it raises.
    Place(TaskQueue& queue, const std::string& query, const std::function<bool()>& cancelled);
    ~Place();
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

   private:
    TaskQueue& queue_;
    const std::string query_;
  };

  int64_t running() const;
  int64_t waiting() const;

 private:
  using Waiting = std::list<std::string>;  // their queries, in the order in which they came
  Waiting::const_iterator Next() const;
  int RunningOf(const std::string& query) const;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  int free_;
  Waiting waiting_;
  std::map<std::string, int> running_;  // by query
};

}  // namespace pyrite::worker
