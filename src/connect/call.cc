#include "connect/call.h"

namespace pyrite::connect {
namespace {

// The events of a call's own queue.
enum Event : char { kDone, kRead, kWrite, kFinish, kWake, kEvents };
char events[kEvents];

void* Tag(Event event) { return &events[event]; }

}  // namespace

Call::Call() : stream_(&context_) {}

Call::~Call() {
  if (arrived_ && !finished_) Finish(grpc::Status(grpc::StatusCode::INTERNAL, "unfinished"));
  if (arrived_) {
    while (!done_) Take(Tag(kDone));
    while (wake_pending_) Take(Tag(kWake));
  }
  queue_.Shutdown();
  void* tag = nullptr;
  bool ok = false;
  while (queue_.Next(&tag, &ok)) {
  }
}

void Call::Request(grpc::AsyncGenericService* service, grpc::ServerCompletionQueue* arrivals) {
  context_.AsyncNotifyWhenDone(Tag(kDone));
  service->RequestCall(&context_, &stream_, &queue_, arrivals, this);
}

void Call::Note(void* tag, bool ok) {
  if (tag == Tag(kDone)) {
    done_ = true;
    gone_ = gone_ || context_.IsCancelled();
  } else if (tag == Tag(kWake)) {
    wake_pending_ = false;
    woken_ = true;
  }
}

bool Call::Take(void* wanted) {
  void* tag = nullptr;
  bool ok = false;
  while (queue_.Next(&tag, &ok)) {
    Note(tag, ok);
    if (tag == wanted) return ok;
  }
  return false;
}

bool Call::Read(grpc::ByteBuffer* message) {
  stream_.Read(message, Tag(kRead));
  return Take(Tag(kRead));
}

bool Call::Write(const grpc::ByteBuffer& message) {
  if (gone_) return false;
  stream_.Write(message, Tag(kWrite));
  if (!Take(Tag(kWrite))) gone_ = true;
  return !gone_;
}

void Call::Finish(const grpc::Status& status) {
  stream_.Finish(status, Tag(kFinish));
  Take(Tag(kFinish));
  finished_ = true;
}

void Call::WriteAndFinish(const grpc::ByteBuffer& message) {
  stream_.WriteAndFinish(message, grpc::WriteOptions(), grpc::Status::OK, Tag(kFinish));
  Take(Tag(kFinish));
  finished_ = true;
}

bool Call::Wait(std::chrono::system_clock::time_point deadline) {
  while (!woken_ && !gone_) {
    void* tag = nullptr;
    bool ok = false;
    if (queue_.AsyncNext(&tag, &ok, deadline) != grpc::CompletionQueue::GOT_EVENT) return false;
    Note(tag, ok);
  }
  bool woken = woken_;
  woken_ = false;
  return woken;
}

void Call::Wake() {
  if (wake_pending_.exchange(true)) return;
  alarm_.Set(&queue_, gpr_inf_past(GPR_CLOCK_MONOTONIC), Tag(kWake));
}

}  // namespace pyrite::connect
