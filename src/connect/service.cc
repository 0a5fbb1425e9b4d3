// Dispatch of the RPCs, and those that need only a few lines.
#include "connect/service.h"

#include <google/protobuf/arena.h>

#include "base/uuid.h"
#include "connect/compressed_plan.h"
#include "connect/credentials.h"
#include "connect/error_status.h"
#include "connect/wire.h"

namespace pyrite::connect {
namespace {

constexpr char kPrefix[] = "/spark.connect.SparkConnectService/";

grpc::Status Malformed() {
  return grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, "The request cannot be read.");
}

}  // namespace

Service::Service(const ServerOptions& options, std::shared_ptr<engine::ExecutionEngine> engine)
    : token_(options.token),
      sessions_(options, std::move(engine)),
      watch_([this] { RunWatch(); }) {}

Service::~Service() {
  Stop();
  watch_.join();
  std::unique_lock lock(sender_mutex_);
  sender_left_.wait(lock, [this] { return senders_ == 0; });
}

// With a token and no TLS, clients only speak to "localhost".
void Service::Listens(const ServerOptions& options, int port) {
  bool is_tls = !options.tls_certificate.empty();
  bool anywhere = options.host == "0.0.0.0" || options.host == "::";
  std::string host = anywhere || (!token_.empty() && !is_tls) ? "localhost" : options.host;
  std::string url = "sc://" + host + ":" + std::to_string(port) + "/";
  if (is_tls) url += ";use_ssl=true";
  if (!token_.empty()) url += ";token=" + token_;
  sessions_.SetUrl(std::move(url));
}

void Service::Stop() {
  {
    std::lock_guard lock(watch_mutex_);
    stopped_ = true;
  }
  watch_changed_.notify_all();
  sessions_.CloseAll();
}

template <typename Request, typename Response>
void Service::Unary(Call& call, Response (Service::*method)(SessionHolder&, const Request&)) {
  grpc::ByteBuffer bytes;
  google::protobuf::Arena arena;  // frees a deep plan without recursion
  auto* request = google::protobuf::Arena::CreateMessage<Request>(&arena);
  if (!call.Read(&bytes) || !Parse(&bytes, request)) return call.Finish(Malformed());
  std::shared_ptr<SessionHolder> holder;
  try {
    holder = sessions_.Get(request->user_context().user_id(), request->session_id(),
                           request->client_observed_server_side_session_id());
    if constexpr (std::is_same_v<Request, proto::AnalyzePlanRequest>) Decompress(request);
    Response response = (this->*method)(*holder, *request);
    response.set_session_id(request->session_id());
    response.set_server_side_session_id(holder->server_side_id());
    call.WriteAndFinish(ToBytes(response));
  } catch (...) {
    SparkError error = CurrentError();
    call.Finish(ToStatus(error, holder == nullptr ? "" : holder->KeepError(error)));
  }
}

void Service::Serve(std::shared_ptr<Call> call) {
  if (!token_.empty() && !BearsToken(call->context(), token_)) {
    return call->Finish(
        grpc::Status(grpc::StatusCode::UNAUTHENTICATED, "The call bears no valid token."));
  }
  const std::string& method = call->method();
  if (!method.starts_with(kPrefix)) {
    return call->Finish(grpc::Status(grpc::StatusCode::UNIMPLEMENTED, "No method " + method));
  }
  std::string name = method.substr(sizeof(kPrefix) - 1);
  if (name == "ExecutePlan") return ExecutePlan(std::move(call));
  if (name == "AnalyzePlan") return Unary(*call, &Service::Analyze);
  if (name == "Config") return Unary(*call, &Service::Config);
  if (name == "AddArtifacts") return AddArtifacts(*call);
  if (name == "ArtifactStatus") return Unary(*call, &Service::ArtifactStatus);
  if (name == "Interrupt") return Unary(*call, &Service::Interrupt);
  if (name == "ReattachExecute") return ReattachExecute(std::move(call));
  if (name == "ReleaseExecute") return ReleaseExecute(*call);
  if (name == "ReleaseSession") return ReleaseSession(*call);
  if (name == "FetchErrorDetails") return Unary(*call, &Service::FetchErrorDetails);
  if (name == "CloneSession") return Unary(*call, &Service::CloneSession);
  if (name == "GetStatus") return Unary(*call, &Service::GetStatus);
  call->Finish(grpc::Status(grpc::StatusCode::UNIMPLEMENTED, "No method " + method));
}

namespace {

void CheckInterrupt(const proto::InterruptRequest& request) {
  auto require = [](bool holds, const char* condition) {
    if (!holds) throw SparkError(condition, {{"parameter", "`interruptType`"}});
  };
  switch (request.interrupt_type()) {
    case proto::InterruptRequest::INTERRUPT_TYPE_ALL: return;
    case proto::InterruptRequest::INTERRUPT_TYPE_TAG:
      return require(!request.operation_tag().empty(),
                     "INVALID_PARAMETER_VALUE.INTERRUPT_TYPE_TAG_REQUIRES_TAG");
    case proto::InterruptRequest::INTERRUPT_TYPE_OPERATION_ID:
      return require(!request.operation_id().empty(),
                     "INVALID_PARAMETER_VALUE.INTERRUPT_TYPE_OPERATION_ID_REQUIRES_ID");
    default:
      throw SparkError("UNSUPPORTED_FEATURE.INTERRUPT_TYPE",
                       {{"interruptType", std::to_string(request.interrupt_type())}});
  }
}

}  // namespace

proto::InterruptResponse Service::Interrupt(SessionHolder& holder,
                                            const proto::InterruptRequest& request) {
  proto::InterruptResponse response;
  CheckInterrupt(request);
  for (const auto& operation : holder.Operations()) {
    bool meant = false;
    switch (request.interrupt_type()) {
      case proto::InterruptRequest::INTERRUPT_TYPE_ALL: meant = true; break;
      case proto::InterruptRequest::INTERRUPT_TYPE_TAG:
        meant = operation->HasTag(request.operation_tag());
        break;
      case proto::InterruptRequest::INTERRUPT_TYPE_OPERATION_ID:
        meant = operation->id() == request.operation_id();
        break;
      default: break;
    }
    if (meant && operation->Interrupt()) response.add_interrupted_ids(operation->id());
  }
  return response;
}

void Service::ReleaseExecute(Call& call) {
  grpc::ByteBuffer bytes;
  proto::ReleaseExecuteRequest request;
  if (!call.Read(&bytes) || !Parse(&bytes, &request)) return call.Finish(Malformed());
  proto::ReleaseExecuteResponse response;
  response.set_session_id(request.session_id());
  std::shared_ptr<SessionHolder> holder =
      sessions_.FindOpen(request.user_context().user_id(), request.session_id());
  if (holder != nullptr) {
    // What is released already, with its session perhaps, needs no more.
    response.set_server_side_session_id(holder->server_side_id());
    if (auto operation = holder->FindOperation(request.operation_id())) {
      response.set_operation_id(operation->id());
      if (request.has_release_until()) {
        operation->responses().Release(request.release_until().response_id());
      } else {
        holder->RemoveOperation(operation->id());
      }
    }
  }
  call.WriteAndFinish(ToBytes(response));
}

proto::FetchErrorDetailsResponse Service::FetchErrorDetails(
    SessionHolder& holder, const proto::FetchErrorDetailsRequest& request) {
  proto::FetchErrorDetailsResponse response;
  std::optional<SparkError> error = holder.TakeError(request.error_id());
  if (error) ToProto(*error, &response);
  return response;
}

proto::CloneSessionResponse Service::CloneSession(SessionHolder& holder,
                                                  const proto::CloneSessionRequest& request) {
  std::string id = request.has_new_session_id() ? request.new_session_id() : NewUuid();
  std::shared_ptr<SessionHolder> clone = sessions_.Clone(holder, id);
  proto::CloneSessionResponse response;
  response.set_new_session_id(id);
  response.set_new_server_side_session_id(clone->server_side_id());
  return response;
}

proto::GetStatusResponse Service::GetStatus(SessionHolder& holder,
                                            const proto::GetStatusRequest& request) {
  using Status = proto::GetStatusResponse::OperationStatus;
  proto::GetStatusResponse response;
  auto add = [&](const std::string& id, Operation* operation) {
    auto* status = response.add_operation_statuses();
    status->set_operation_id(id);
    status->set_state(Status::OPERATION_STATE_UNKNOWN);
    if (operation == nullptr) return;
    switch (operation->state()) {
      case Operation::State::kRunning: status->set_state(Status::OPERATION_STATE_RUNNING); break;
      case Operation::State::kSucceeded:
        status->set_state(Status::OPERATION_STATE_SUCCEEDED);
        break;
      case Operation::State::kFailed: status->set_state(Status::OPERATION_STATE_FAILED); break;
      case Operation::State::kCanceled: status->set_state(Status::OPERATION_STATE_CANCELLED); break;
    }
  };
  if (!request.has_operation_status()) return response;
  for (const std::string& id : request.operation_status().operation_ids()) {
    add(id, holder.FindOperation(id).get());
  }
  if (request.operation_status().operation_ids().empty()) {
    for (const auto& operation : holder.Operations()) add(operation->id(), operation.get());
  }
  return response;
}

void Service::ReleaseSession(Call& call) {
  grpc::ByteBuffer bytes;
  proto::ReleaseSessionRequest request;
  if (!call.Read(&bytes) || !Parse(&bytes, &request)) return call.Finish(Malformed());
  std::shared_ptr<SessionHolder> holder = sessions_.Close(
      request.user_context().user_id(), request.session_id(), request.allow_reconnect());
  proto::ReleaseSessionResponse response;
  response.set_session_id(request.session_id());
  if (holder != nullptr) response.set_server_side_session_id(holder->server_side_id());
  call.WriteAndFinish(ToBytes(response));
}

}  // namespace pyrite::connect
