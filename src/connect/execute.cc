// ExecutePlan and ReattachExecute. A plan runs on the thread that took its call, and that thread
// then sends what it made: a short query costs no change of threads. When responses pile up, or the
// query takes longer than a moment, another thread takes over the sending.
#include <google/protobuf/arena.h>

#include "base/errors.h"
#include "base/thread.h"
#include "base/uuid.h"
#include "connect/compressed_plan.h"
#include "connect/error_status.h"
#include "connect/service.h"
#include "connect/wire.h"

namespace pyrite::connect {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kMoment(20);
constexpr std::chrono::seconds kProgressInterval(2);  // spark.connect.progress.reportInterval

constexpr int64_t kMinimumChunk = 1 << 10;
// With the fields around it, less than spark.connect.grpc.arrow.maxBatchSize and gRPC's default
// limit of a message, which are 4 MiB both.
constexpr int64_t kMaximumChunk = (4 << 20) - (64 << 10);

bool IsReattachable(const proto::ExecutePlanRequest& request) {
  for (const auto& option : request.request_options()) {
    if (option.has_reattach_options()) return option.reattach_options().reattachable();
  }
  return false;
}

// The size of chunks that the client takes; 0 when it takes none.
int64_t ChunkBytes(const proto::ExecutePlanRequest& request) {
  for (const auto& option : request.request_options()) {
    if (!option.has_result_chunking_options()) continue;
    const auto& chunking = option.result_chunking_options();
    if (!chunking.allow_arrow_batch_chunking()) return 0;
    int64_t preferred = chunking.preferred_arrow_chunk_size();
    return kMinimumChunk <= preferred && preferred <= kMaximumChunk ? preferred : kMaximumChunk;
  }
  return 0;
}

// As SparkSession.addTag takes them.
void CheckTags(const proto::ExecutePlanRequest& request) {
  for (const std::string& tag : request.tags()) {
    if (!tag.empty() && tag.find(',') == std::string::npos) continue;
    throw errors::IllegalArgument("The tag '" + tag + "' is empty or has a comma.");
  }
}

std::string OperationId(const proto::ExecutePlanRequest& request) {
  if (!request.has_operation_id()) return NewUuid();
  if (!IsUuid(request.operation_id())) {
    throw SparkError("INVALID_HANDLE.FORMAT", {{"handle", request.operation_id()}});
  }
  return request.operation_id();
}

}  // namespace

void Service::ExecutePlan(std::shared_ptr<Call> call) {
  grpc::ByteBuffer bytes;
  google::protobuf::Arena arena;
  auto* request = google::protobuf::Arena::CreateMessage<proto::ExecutePlanRequest>(&arena);
  if (!call->Read(&bytes) || !Parse(&bytes, request)) {
    return call->Finish(
        grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, "The plan cannot be read."));
  }
  std::shared_ptr<SessionHolder> holder;
  std::shared_ptr<Operation> operation;
  try {
    holder = sessions_.Get(request->user_context().user_id(), request->session_id(),
                           request->client_observed_server_side_session_id());
    std::string id = OperationId(*request);
    CheckTags(*request);
    bool reattachable = IsReattachable(*request);
    if (reattachable && (operation = holder->FindOperation(id)) != nullptr) {
      // The client has not seen that its first attempt arrived.
      operation->responses().Attach(call.get(), "");
      return SendResponses(*call, *holder, *operation);
    }
    Decompress(request->mutable_plan());
    Operation::Options options;
    options.tags.assign(request->tags().begin(), request->tags().end());
    options.reattachable = reattachable;
    options.chunk_bytes = ChunkBytes(*request);
    operation = std::make_shared<Operation>(id, holder->shared_session(), holder->streams(),
                                            holder->server_side_id(), std::move(options));
    holder->AddOperation(operation);
    operation->responses().Attach(call.get(), "");
  } catch (...) {
    SparkError error = CurrentError();
    return call->Finish(ToStatus(error, holder == nullptr ? "" : holder->KeepError(error)));
  }
  auto send_elsewhere = [=, this] { SendElsewhere(call, holder, operation); };
  operation->on_backlog = send_elsewhere;
  auto watched = Watch(send_elsewhere);
  operation->Run(request->plan(), [&](const SparkError& error) {
    return ToStatus(error, holder->KeepError(error));
  });
  Unwatch(watched);
  operation->on_backlog = nullptr;
  if (operation->ClaimSending()) SendResponses(*call, *holder, *operation);
}

void Service::SendElsewhere(std::shared_ptr<Call> call, std::shared_ptr<SessionHolder> holder,
                            std::shared_ptr<Operation> operation) {
  if (!operation->ClaimSending()) return;
  ++senders_;
  StartThread([this, call, holder, operation]() mutable {
    SendResponses(*call, *holder, *operation);
    call.reset();
    holder.reset();
    operation.reset();
    // The last that it does: the service may go then.
    std::lock_guard lock(sender_mutex_);
    --senders_;
    sender_left_.notify_all();
  });
}

void Service::SendResponses(Call& call, SessionHolder& holder, Operation& operation) {
  Responses& responses = operation.responses();
  auto leave = [&] {
    responses.Detach(&call);
    operation.unread_since = SecondsNow();
    if (!operation.reattachable()) holder.RemoveOperation(operation.id());
  };
  operation.unread_since = 0;
  while (!call.gone()) {
    Responses::Step step = responses.Next(&call);
    switch (step.kind) {
      case Responses::Step::Kind::kResponse:
        if (!step.last) {
          call.Write(step.response.bytes);
          continue;
        }
        leave();
        return call.WriteAndFinish(step.response.bytes);
      case Responses::Step::Kind::kEnd: leave(); return call.Finish(step.status);
      case Responses::Step::Kind::kCutOff:
        return call.Finish(ToStatus(SparkError("INVALID_CURSOR.DISCONNECTED", {}), ""));
      case Responses::Step::Kind::kWait: break;
    }
    if (call.Wait(std::chrono::system_clock::now() + kProgressInterval) || call.gone()) continue;
    if (auto progress = operation.ProgressMessage()) call.Write(*progress);
  }
  leave();  // the client went away
  call.Finish(grpc::Status::CANCELLED);
}

void Service::ReattachExecute(std::shared_ptr<Call> call) {
  grpc::ByteBuffer bytes;
  proto::ReattachExecuteRequest request;
  if (!call->Read(&bytes) || !Parse(&bytes, &request)) {
    return call->Finish(
        grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, "The request cannot be read."));
  }
  std::shared_ptr<SessionHolder> holder;
  std::shared_ptr<Operation> operation;
  try {
    holder = sessions_.Find(request.user_context().user_id(), request.session_id(),
                            request.client_observed_server_side_session_id());
    operation = holder->FindOperation(request.operation_id());
    if (operation == nullptr) {
      throw SparkError("INVALID_HANDLE.OPERATION_NOT_FOUND", {{"handle", request.operation_id()}});
    }
    if (!operation->reattachable()) throw SparkError("INVALID_CURSOR.NOT_REATTACHABLE", {});
    operation->responses().Attach(call.get(), request.last_response_id());
  } catch (...) {
    SparkError error = CurrentError();
    return call->Finish(ToStatus(error, holder == nullptr ? "" : holder->KeepError(error)));
  }
  SendResponses(*call, *holder, *operation);
}

std::list<Service::Watched>::iterator Service::Watch(std::function<void()> send_elsewhere) {
  std::lock_guard lock(watch_mutex_);
  watched_.push_back({std::chrono::steady_clock::now(), std::move(send_elsewhere)});
  if (watch_sleeps_) watch_changed_.notify_one();
  return std::prev(watched_.end());
}

void Service::Unwatch(std::list<Watched>::iterator watched) {
  std::lock_guard lock(watch_mutex_);
  watched_.erase(watched);
}

// Ticks while operations run, so that starting one costs no wake-up; sleeps when none has run for a
// while.
void Service::RunWatch() {
  const std::chrono::seconds interval = sessions_.clean_up_interval();
  auto clean_up_at = std::chrono::steady_clock::now() + interval;
  int idle_ticks = 0;
  std::unique_lock lock(watch_mutex_);
  while (!stopped_) {
    idle_ticks = watched_.empty() ? idle_ticks + 1 : 0;
    watch_sleeps_ = idle_ticks > 50;
    watch_changed_.wait_for(lock, watch_sleeps_ ? milliseconds(interval) : kMoment);
    if (!watched_.empty()) idle_ticks = 0;
    watch_sleeps_ = false;
    auto now = std::chrono::steady_clock::now();
    for (Watched& watched : watched_) {
      if (watched.send_elsewhere && now - watched.start >= kMoment) {
        std::exchange(watched.send_elsewhere, nullptr)();
      }
    }
    if (now < clean_up_at) continue;
    clean_up_at = now + interval;
    lock.unlock();
    sessions_.CleanUp();
    lock.lock();
  }
}

}  // namespace pyrite::connect
