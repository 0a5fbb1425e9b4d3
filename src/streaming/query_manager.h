// The streaming queries of a session: spark.streams.
// Thread-safe.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "streaming/query.h"

namespace pyrite::streaming {

class QueryManager {
 public:
  QueryManager(std::shared_ptr<session::Session> session, std::shared_ptr<const CallBack> callback);
  ~QueryManager();  // stops them

  struct Started {
    QueryNames names;
    std::string event;  // JSON, for listeners
  };
  Started Start(const StartRequest& request);

  std::vector<QueryNames> Active() const;
  // Of an active query; nullptr for none.
  std::shared_ptr<Query> FindActive(const std::string& id) const;
  // Also one that has ended. Raises STREAMING_QUERY_NOT_FOUND.PYRITE.
  std::shared_ptr<Query> Find(const std::string& id, const std::string& run_id) const;
  // Whether any has ended since the last ResetTerminated. Raises STREAM_FAILED when that has
  // failed.
  bool AwaitAny(std::optional<std::chrono::milliseconds> timeout);
  void ResetTerminated();
  // Stops them all; none can be started afterwards.
  void Close();

  ListenerBus& bus() { return *bus_; }

 private:
  struct Entry {
    std::shared_ptr<Query> query;
    bool forgotten = false;  // by ResetTerminated
  };

  std::string CheckpointFolder(const StartRequest& request) const;
  void MakeRoomFor(const StartRequest& request, const std::string& id);
  void ForgetOld();
  std::vector<std::shared_ptr<Query>> All() const;

  const std::shared_ptr<session::Session> session_;
  const std::shared_ptr<const CallBack> callback_;
  const std::shared_ptr<ListenerBus> bus_ = std::make_shared<ListenerBus>();
  std::mutex starting_;  // one at a time
  mutable std::mutex mutex_;
  std::vector<Entry> queries_;  // oldest first
  bool closed_ = false;
};

}  // namespace pyrite::streaming
