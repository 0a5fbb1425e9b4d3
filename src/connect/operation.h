// One ExecutePlan: runs the plan and makes its responses.
// Thread-safe but for Run, which is the thread's that was given the operation.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "connect/proto.h"
#include "connect/responses.h"
#include "session/running_query.h"
#include "session/session.h"
#include "streaming/query_manager.h"

namespace pyrite::connect {

class Operation {
 public:
  enum class State { kRunning, kSucceeded, kFailed, kCanceled };

  struct Options {
    std::vector<std::string> tags;
    bool reattachable = false;
    int64_t chunk_bytes = 0;  // see ArrowResponses
  };

  Operation(std::string id, std::shared_ptr<session::Session> session,
            std::shared_ptr<streaming::QueryManager> streams, std::string server_side_session_id,
            Options options);

  const std::string& id() const { return id_; }
  bool HasTag(const std::string& tag) const;
  bool reattachable() const { return options_.reattachable; }
  Responses& responses() { return responses_; }
  State state() const { return state_; }

  // Runs the plan; its errors become the responses' end, through `to_status`.
  void Run(const proto::Plan& plan,
           const std::function<grpc::Status(const SparkError&)>& to_status);
  // The operation ends soon, with OPERATION_CANCELED. False when it has ended already. Whatever
  // ends an operation early comes here: an interrupt, a release, a client that went away, the
  // server's end.
  bool Interrupt();
  // A message that says how far the query is; nullopt when none runs.
  std::optional<grpc::ByteBuffer> ProgressMessage() const;

  // Whether the caller is to send the responses: true once (see Service::Execute).
  bool ClaimSending() { return !sending_.exchange(true); }
  // Called when responses pile up while nobody sends them.
  std::function<void()> on_backlog;

  // For the clean-up of operations that nobody reads: since when, 0 while somebody does.
  std::atomic<int64_t> unread_since = 0;

 private:
  proto::ExecutePlanResponse Envelope(const std::string& response_id) const;
  proto::ExecutePlanResponse Envelope() const { return Envelope(responses_.NextId()); }
  void Send(const proto::ExecutePlanResponse& response);
  void Append(grpc::ByteBuffer bytes);
  void RunPlan(const proto::Plan& plan);
  void RunRelation(const proto::Relation& relation);
  void RunCommand(const proto::Command& command);
  void RunSql(const proto::SqlCommand& command);
  // True for a command about streams, which has been run then.
  bool RunStreamingCommand(const proto::Command& command);
  void RunListenerBus(const proto::StreamingQueryListenerBusCommand& command);
  void SendBatch(const arrow::RecordBatch& batch, int64_t start_offset);
  void SendRows(const plan::RelationPtr& plan);
  void SendObserved();
  void SendMetrics(const std::string& name, int64_t rows);

  const std::string id_;
  const std::shared_ptr<session::Session> session_;
  const std::shared_ptr<streaming::QueryManager> streams_;
  const std::string server_side_session_id_;
  const Options options_;
  Responses responses_;
  std::atomic<bool> sending_ = false;
  std::atomic<State> state_ = State::kRunning;
  session::RunningQuery running_;
};

}  // namespace pyrite::connect
