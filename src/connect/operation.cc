#include "connect/operation.h"

#include <arrow/api.h>

#include <algorithm>

#include "base/errors.h"
#include "connect/arrow_response.h"
#include "connect/error_status.h"
#include "connect/literal_proto.h"
#include "connect/plan/convert.h"
#include "connect/streaming_commands.h"
#include "connect/type_proto.h"
#include "connect/wire.h"

namespace pyrite::connect {
namespace {

// So many bytes wait before a second thread starts sending.
constexpr size_t kBacklog = 256 << 10;
// Between looks at whether a client that waits for events is still there.
constexpr std::chrono::milliseconds kListenerLook(100);

}  // namespace

Operation::Operation(std::string id, std::shared_ptr<session::Session> session,
                     std::shared_ptr<streaming::QueryManager> streams,
                     std::string server_side_session_id, Options options)
    : id_(std::move(id)),
      session_(std::move(session)),
      streams_(std::move(streams)),
      server_side_session_id_(std::move(server_side_session_id)),
      options_(std::move(options)),
      responses_(options_.reattachable) {}

bool Operation::HasTag(const std::string& tag) const {
  return std::find(options_.tags.begin(), options_.tags.end(), tag) != options_.tags.end();
}

void Operation::Run(const proto::Plan& plan,
                    const std::function<grpc::Status(const SparkError&)>& to_status) {
  session::RunningQuery::Scope scope(&running_);
  try {
    RunPlan(plan);
    SendObserved();
    if (options_.reattachable) {
      proto::ExecutePlanResponse complete = Envelope();
      complete.mutable_result_complete();
      Send(complete);
    }
    state_ = State::kSucceeded;
    responses_.End(grpc::Status::OK);
  } catch (...) {
    SparkError error = CurrentError();
    state_ = error.condition() == "OPERATION_CANCELED" ? State::kCanceled : State::kFailed;
    responses_.End(to_status(error));
  }
}

bool Operation::Interrupt() {
  if (state_ != State::kRunning) return false;
  running_.Interrupt();
  responses_.Stop();
  return true;
}

proto::ExecutePlanResponse Operation::Envelope(const std::string& response_id) const {
  proto::ExecutePlanResponse response;
  response.set_session_id(session_->session_id());
  response.set_server_side_session_id(server_side_session_id_);
  response.set_operation_id(id_);
  response.set_response_id(response_id);
  return response;
}

void Operation::Append(grpc::ByteBuffer bytes) {
  if (!responses_.Append(std::move(bytes))) throw SparkError("OPERATION_CANCELED", {});
  if (on_backlog && responses_.Waiting() > kBacklog) on_backlog();
}

void Operation::Send(const proto::ExecutePlanResponse& response) { Append(ToBytes(response)); }

void Operation::RunPlan(const proto::Plan& plan) {
  switch (plan.op_type_case()) {
    case proto::Plan::kRoot: return RunRelation(plan.root());
    case proto::Plan::kCommand: return RunCommand(plan.command());
    case proto::Plan::kCompressedOperation:  // decompressed before
    case proto::Plan::OP_TYPE_NOT_SET: break;
  }
  throw SparkError("CONNECT_INVALID_PLAN.INVALID_ONE_OF_FIELD_NOT_SET",
                   {{"fullName", plan.GetDescriptor()->full_name()}, {"name", "OPTYPE_NOT_SET"}});
}

void Operation::RunRelation(const proto::Relation& relation) {
  plan::RelationPtr plan = session_->Analyze(*ToSpec(relation));
  running_.RaiseIfInterrupted();
  SendRows(plan);
}

void Operation::SendBatch(const arrow::RecordBatch& batch, int64_t start_offset) {
  ArrowResponses responses(batch, start_offset, options_.chunk_bytes);
  for (int64_t i = 0; i < responses.count(); ++i) Append(responses.Make(Envelope(), i));
}

void Operation::SendRows(const plan::RelationPtr& plan) {
  proto::ExecutePlanResponse head = Envelope();
  ToProto(plan::SchemaOf(*plan), head.mutable_schema());
  Send(head);

  std::unique_ptr<engine::QueryRun> query = session_->Execute(plan);
  session::RunningQuery::Use use(query.get());
  int64_t rows = 0;
  while (auto batch = query->Next()) {
    if (batch->num_rows() == 0) continue;
    SendBatch(*batch, rows);
    rows += batch->num_rows();
  }
  if (rows == 0) {  // clients take the columns from a batch: there is always one
    auto empty = arrow::RecordBatch::MakeEmpty(query->schema());
    if (!empty.ok()) throw errors::Internal(empty.status().ToString());
    SendBatch(**empty, 0);
  }
  SendMetrics("Query", rows);
}

// What df.observe found on the way, in one response.
void Operation::SendObserved() {
  std::vector<session::Observed> all = running_.TakeObserved();
  if (all.empty()) return;
  proto::ExecutePlanResponse response = Envelope();
  for (const session::Observed& observed : all) {
    auto* message = response.add_observed_metrics();
    message->set_name(observed.name);
    if (observed.error) {
      proto::FetchErrorDetailsResponse details;
      ToProto(*observed.error, &details);
      message->set_root_error_idx(details.root_error_idx());
      *message->mutable_errors() = details.errors();
      continue;
    }
    for (size_t i = 0; i < observed.columns.size(); ++i) {
      message->add_keys(observed.columns[i].name);
      ToProto(*observed.row->column(static_cast<int>(i))->chunk(0), 0, observed.columns[i].type,
              message->add_values());
    }
  }
  Send(response);
}

void Operation::SendMetrics(const std::string& name, int64_t rows) {
  proto::ExecutePlanResponse response = Envelope();
  auto* metrics = response.mutable_metrics()->add_metrics();
  metrics->set_name(name);
  auto& value = (*metrics->mutable_execution_metrics())["numOutputRows"];
  value.set_name("number of output rows");
  value.set_metric_type("sum");
  value.set_value(rows);
  Send(response);
}

void Operation::RunCommand(const proto::Command& command) {
  if (command.has_sql_command()) return RunSql(command.sql_command());
  if (RunStreamingCommand(command)) return;
  spec::CommandPtr spec = ToSpec(command);
  proto::ExecutePlanResponse response = Envelope();
  if (const auto* checkpoint = spec->TryAs<spec::Checkpoint>()) {
    std::string id = session_->Checkpoint(*checkpoint);
    response.mutable_checkpoint_command_result()->mutable_relation()->set_relation_id(id);
    return Send(response);
  }
  session_->Run(*spec);
  if (spec->TryAs<spec::GetResources>() != nullptr) {
    response.mutable_get_resources_command_result();
    Send(response);
  }
}

bool Operation::RunStreamingCommand(const proto::Command& command) {
  using Kind = proto::Command;
  proto::ExecutePlanResponse response = Envelope();
  switch (command.command_type_case()) {
    case Kind::kWriteStreamOperationStart:
      RunStreaming(command.write_stream_operation_start(), *streams_, &response);
      break;
    case Kind::kStreamingQueryCommand:
      RunStreaming(command.streaming_query_command(), *streams_, &response);
      break;
    case Kind::kStreamingQueryManagerCommand:
      RunStreaming(command.streaming_query_manager_command(), *streams_, &response);
      break;
    case Kind::kStreamingQueryListenerBusCommand:
      RunListenerBus(command.streaming_query_listener_bus_command());
      return true;
    default: return false;
  }
  Send(response);
  return true;
}

// The client listens for as long as this runs: until it, or another call, says that it listens no
// more.
void Operation::RunListenerBus(const proto::StreamingQueryListenerBusCommand& command) {
  streaming::ListenerBus& bus = streams_->bus();
  if (command.remove_listener_bus_listener()) return bus.Close();
  int64_t listener = bus.Open();
  proto::ExecutePlanResponse added = Envelope();
  added.mutable_streaming_query_listener_events_result()->set_listener_bus_listener_added(true);
  Send(added);
  while (true) {
    running_.RaiseIfInterrupted();
    streaming::ListenerBus::Step step = bus.Next(listener, kListenerLook);
    if (step.closed) return;
    if (!step.event) continue;
    proto::ExecutePlanResponse response = Envelope();
    ToProto(*step.event, &response);
    Send(response);
  }
}

// A query comes back as the relation that it is, analyzed so that its errors show now; a command is
// run, and comes back as its rows.
void Operation::RunSql(const proto::SqlCommand& command) {
  proto::Relation relation = ToSqlRelation(command);
  spec::RelationPtr spec = ToSpec(relation);
  spec::Statement statement;
  if (auto* sql = spec->TryAs<spec::SqlQuery>()) statement = session_->ParseSql(*sql);
  proto::ExecutePlanResponse response = Envelope();
  proto::Relation* result = response.mutable_sql_command_result()->mutable_relation();
  if (statement.command == nullptr) {
    session_->Analyze(statement.query != nullptr ? *statement.query : *spec);
    *result = std::move(relation);
    return Send(response);
  }
  plan::RelationPtr rows = session_->Run(*statement.command);
  std::shared_ptr<arrow::Table> table = session_->Collect(rows);
  auto batch = table->CombineChunksToBatch();
  if (!batch.ok()) throw errors::Internal(batch.status().ToString());
  result->mutable_local_relation()->set_data(ToArrowStream(**batch));
  Send(response);
  SendMetrics("CommandResult", table->num_rows());
}

std::optional<grpc::ByteBuffer> Operation::ProgressMessage() const {
  std::optional<engine::QueryProgress> progress = running_.Progress();
  if (!progress) return std::nullopt;
  // Under the id of what was sent before: a client that comes back continues after that.
  proto::ExecutePlanResponse response = Envelope(responses_.LastSentId());
  auto* stage = response.mutable_execution_progress()->add_stages();
  stage->set_num_tasks(100);
  stage->set_num_completed_tasks(static_cast<int64_t>(progress->fraction * 100));
  response.mutable_execution_progress()->set_num_inflight_tasks(1);
  return ToBytes(response);
}

}  // namespace pyrite::connect
