// What the coordinator writes down of its queries, when it is told where: a JSON line for each
// event in a log, and each query's stages as a picture in a folder.
//
//   {"time": "2026-01-31T10:00:00.125Z", "event": "task", "query": "10.0.0.1:4000-7-1", "stage": 0,
//    "task": 3, "attempt": 0, "worker": "10.0.0.7:31000", "ms": 120, "rows": 5, "bytes": 80, ...}
//
// Thread-safe. What cannot be written ends no query: the reason goes to standard error once.
#pragma once

#include <atomic>
#include <fstream>
#include <mutex>
#include <string>

#include "cluster/query_report.h"

namespace pyrite::cluster {

class Journal {
 public:
  // A file that lines are added to, and a folder; empty: none. Raises QUERY_LOG when the file
  // cannot be written.
  Journal(const std::string& log, std::string pictures);

  void Began(const std::string& query, const std::vector<StageReport>& stages);
  void Ended(const TaskReport& task);
  void Ended(const QueryReport& query);
  void WorkerLost(const std::string& worker, const std::string& reason);
  void ExchangeLost(const std::string& exchange, const std::string& reason);
  // No worker answers, and a query runs in this process.
  void FellBack(const std::string& workers);

 private:
  class Line;
  void Write(const Line& line);
  void Complain(const std::string& what);

  const std::string pictures_;
  std::mutex mutex_;
  std::ofstream log_;
  std::atomic<bool> has_complained_ = false;
};

}  // namespace pyrite::cluster
