// One run of a streaming query, on a thread of its own.
//
//   Query query(request, setting, checkpoint, bus);
//   query.Start();
//   query.Await(std::nullopt);
//
// Thread-safe. Waits end with OPERATION_CANCELED when the operation that waits is interrupted.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/thread.h"
#include "session/running_query.h"
#include "streaming/listener_bus.h"
#include "streaming/micro_batches.h"

namespace pyrite::streaming {

struct QueryStatus {
  std::string message;
  bool data_available = false;
  bool trigger_active = false;
  bool active = false;
};

class Query {
 public:
  Query(const StartRequest& request, QueryNames names, std::shared_ptr<session::Session> own,
        Configuration configuration, Checkpoint checkpoint, std::shared_ptr<Sink> sink,
        std::shared_ptr<ListenerBus> bus);
  ~Query();  // stops it
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  void Start();
  // Returns when it has ended.
  void Stop();
  // Whether it has ended in that time. Raises STREAM_FAILED when it has failed.
  bool Await(std::optional<std::chrono::milliseconds> timeout);
  // Until a look at the sources that begins after this call finds nothing new. Raises as Await.
  void ProcessAllAvailable();

  const QueryNames& names() const { return names_; }
  QueryStatus status() const;
  bool active() const { return status().active; }
  // STREAM_FAILED, when it has failed.
  std::optional<SparkError> failure() const;
  std::vector<std::string> recent_progress() const;  // JSON, oldest first
  std::string Explain(bool extended);

 private:
  void Run();
  void Loop(MicroBatches& batches);
  bool RunBatch(MicroBatches& batches, Portion portion);
  void Keep(Progress progress, int64_t start);
  void End(std::optional<SparkError> error);
  // False when the query is to stop.
  bool WaitUntil(int64_t millis);
  void Say(const char* message, bool data_available, bool trigger_active);
  void RaiseFailure() const;

  const spec::RelationPtr input_;
  const Trigger trigger_;
  const OutputMode mode_;
  const QueryNames names_;
  const std::shared_ptr<session::Session> own_;
  const Configuration configuration_;
  std::optional<Checkpoint> checkpoint_;  // until the thread takes it
  const std::shared_ptr<Sink> sink_;
  const std::shared_ptr<ListenerBus> bus_;
  session::RunningQuery running_;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  QueryStatus status_;
  bool stopping_ = false;
  int64_t looks_ = 0;       // at the sources, begun
  int64_t idle_look_ = -1;  // the last one that found nothing
  std::deque<std::string> progress_;
  int64_t last_start_millis_ = 0;  // of a batch
  int64_t last_event_millis_ = 0;
  std::optional<SparkError> error_;
  plan::RelationPtr last_plan_;
  std::unique_ptr<Thread> thread_;  // last: it uses the others
};

}  // namespace pyrite::streaming
