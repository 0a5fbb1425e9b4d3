// Which queries still need what this worker has made for them: their coordinators say so every few
// seconds. A query that its coordinator no longer knows, and all of a coordinator that is silent
// for a minute, are given up: nothing stays behind when a message of the end is lost.
//
// Thread-safe.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace pyrite::worker {

// What a coordinator says of its queries, which are named "<coordinator>-<number>".
struct Beat {
  std::string coordinator;
  int64_t next = 0;              // queries from this number on are not spoken of
  std::vector<int64_t> running;  // of those before it
};

std::string Encode(const Beat& beat);
Beat DecodeBeat(const std::string& bytes);

class Leases {
 public:
  using Clock = std::chrono::steady_clock;

  // `drop`: gives up a query.
  explicit Leases(std::function<void(const std::string& query)> drop);
  ~Leases();

  // A task of the query has come.
  void Add(const std::string& query);
  // The query is over.
  void Remove(const std::string& query);
  void Renew(const Beat& beat);
  // Gives up the queries of coordinators that are silent; a thread does so every few seconds.
  void DropSilent(Clock::time_point now = Clock::now());

 private:
  struct Coordinator {
    Clock::time_point heard;
    std::set<int64_t> queries;
  };
  void Drop(const std::vector<std::string>& queries);
  void Run();

  const std::function<void(const std::string& query)> drop_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool ends_ = false;
  std::map<std::string, Coordinator> coordinators_;
  std::thread thread_;
};

}  // namespace pyrite::worker
