#include "connect/streaming_commands.h"

#include "base/errors.h"
#include "connect/plan/convert_internal.h"

namespace pyrite::connect {
namespace {

using std::chrono::milliseconds;

streaming::Trigger ToTrigger(const proto::WriteStreamOperationStart& command) {
  using Command = proto::WriteStreamOperationStart;
  using Kind = streaming::Trigger::Kind;
  switch (command.trigger_case()) {
    case Command::kProcessingTimeInterval:
      return streaming::IntervalTrigger(command.processing_time_interval());
    case Command::kAvailableNow: return {Kind::kAvailableNow};
    case Command::kOnce: return {Kind::kOnce};
    case Command::kContinuousCheckpointInterval:
      throw errors::UnsupportedFeature("trigger(continuous=...)");
    case Command::kRealTimeBatchDuration: throw errors::UnsupportedFeature("trigger(realTime=...)");
    case Command::TRIGGER_NOT_SET: break;
  }
  return {};
}

streaming::StartRequest ToRequest(const proto::WriteStreamOperationStart& command) {
  streaming::StartRequest request;
  request.input = ToSpec(command.input());
  request.format = command.format();
  request.options = ToOptions(command.options());
  request.partition_columns = ToStrings(command.partitioning_column_names());
  // Clusters are a table's: Spark too writes files without them.
  if (command.has_table_name() && !command.clustering_column_names().empty()) {
    throw errors::UnsupportedFeature("writeStream.clusterBy with toTable");
  }
  request.trigger = ToTrigger(command);
  request.output_mode = command.output_mode();
  request.name = command.query_name();
  request.path = command.path();
  request.table = command.table_name();
  if (command.has_foreach_writer()) throw errors::UnsupportedFeature("writeStream.foreach");
  if (command.has_foreach_batch()) {
    if (!command.foreach_batch().has_python_function()) {
      throw errors::UnsupportedFeature("foreachBatch with a function of Scala");
    }
    request.foreach_batch = command.foreach_batch().python_function().command();
    request.python_version = command.foreach_batch().python_function().python_ver();
  }
  return request;
}

template <typename Message>
std::optional<milliseconds> TimeoutOf(const Message& message) {
  if (!message.has_timeout_ms()) return std::nullopt;
  return milliseconds(message.timeout_ms());
}

void SetId(const streaming::QueryNames& names, proto::StreamingQueryInstanceId* id) {
  id->set_id(names.id);
  id->set_run_id(names.run_id);
}

void SetQuery(const streaming::QueryNames& names,
              proto::StreamingQueryManagerCommandResult::StreamingQueryInstance* query) {
  SetId(names, query->mutable_id());
  if (!names.name.empty()) query->set_name(names.name);
}

void SetStatus(const streaming::QueryStatus& status,
               proto::StreamingQueryCommandResult::StatusResult* result) {
  result->set_status_message(status.message);
  result->set_is_data_available(status.data_available);
  result->set_is_trigger_active(status.trigger_active);
  result->set_is_active(status.active);
}

// As Java prints the exception.
void SetException(const SparkError& error,
                  proto::StreamingQueryCommandResult::ExceptionResult* result) {
  result->set_exception_message(error.java_class() + ": " + error.message());
  result->set_error_class(error.condition());
}

}  // namespace

void RunStreaming(const proto::WriteStreamOperationStart& command, streaming::QueryManager& queries,
                  proto::ExecutePlanResponse* response) {
  streaming::QueryManager::Started started = queries.Start(ToRequest(command));
  auto* result = response->mutable_write_stream_operation_start_result();
  SetId(started.names, result->mutable_query_id());
  result->set_name(started.names.name);
  result->set_query_started_event_json(started.event);
}

void RunStreaming(const proto::StreamingQueryCommand& command, streaming::QueryManager& queries,
                  proto::ExecutePlanResponse* response) {
  using Command = proto::StreamingQueryCommand;
  std::shared_ptr<streaming::Query> query =
      queries.Find(command.query_id().id(), command.query_id().run_id());
  auto* result = response->mutable_streaming_query_command_result();
  SetId(query->names(), result->mutable_query_id());
  switch (command.command_case()) {
    case Command::kStatus: return SetStatus(query->status(), result->mutable_status());
    case Command::kLastProgress:
    case Command::kRecentProgress: {
      std::vector<std::string> progress = query->recent_progress();
      size_t first = command.has_last_progress() && !progress.empty() ? progress.size() - 1 : 0;
      auto* message = result->mutable_recent_progress();
      for (size_t i = first; i < progress.size(); ++i) {
        message->add_recent_progress_json(progress[i]);
      }
      return;
    }
    case Command::kStop: return query->Stop();
    case Command::kProcessAllAvailable: return query->ProcessAllAvailable();
    case Command::kExplain:
      result->mutable_explain()->set_result(query->Explain(command.explain().extended()));
      return;
    case Command::kException: {
      std::optional<SparkError> failure = query->failure();
      auto* message = result->mutable_exception();
      if (failure) SetException(*failure, message);
      return;
    }
    case Command::kAwaitTermination:
      result->mutable_await_termination()->set_terminated(
          query->Await(TimeoutOf(command.await_termination())));
      return;
    case Command::COMMAND_NOT_SET: break;
  }
  RaiseInvalidOneof(command);
}

void RunStreaming(const proto::StreamingQueryManagerCommand& command,
                  streaming::QueryManager& queries, proto::ExecutePlanResponse* response) {
  using Command = proto::StreamingQueryManagerCommand;
  auto* result = response->mutable_streaming_query_manager_command_result();
  switch (command.command_case()) {
    case Command::kActive: {
      auto* active = result->mutable_active();
      for (const auto& names : queries.Active()) SetQuery(names, active->add_active_queries());
      return;
    }
    case Command::kGetQuery:
      if (auto query = queries.FindActive(command.get_query())) {
        SetQuery(query->names(), result->mutable_query());
      }
      return;
    case Command::kAwaitAnyTermination:
      result->mutable_await_any_termination()->set_terminated(
          queries.AwaitAny(TimeoutOf(command.await_any_termination())));
      return;
    case Command::kResetTerminated:
      queries.ResetTerminated();
      result->set_reset_terminated(true);
      return;
    case Command::kAddListener:
    case Command::kRemoveListener:
    case Command::kListListeners:
      throw errors::UnsupportedFeature("listeners of streams that run in the server");
    case Command::COMMAND_NOT_SET: break;
  }
  RaiseInvalidOneof(command);
}

void ToProto(const streaming::ListenerEvent& event, proto::ExecutePlanResponse* response) {
  using Kind = streaming::ListenerEvent::Kind;
  auto* message = response->mutable_streaming_query_listener_events_result()->add_events();
  message->set_event_json(event.json);
  switch (event.kind) {
    case Kind::kProgress:
      return message->set_event_type(proto::StreamingQueryEventType::QUERY_PROGRESS_EVENT);
    case Kind::kIdle:
      return message->set_event_type(proto::StreamingQueryEventType::QUERY_IDLE_EVENT);
    case Kind::kTerminated:
      return message->set_event_type(proto::StreamingQueryEventType::QUERY_TERMINATED_EVENT);
  }
}

}  // namespace pyrite::connect
