#include "connect/responses.h"

#include <algorithm>

#include "base/error.h"
#include "base/uuid.h"

namespace pyrite::connect {
namespace {

constexpr size_t kMaximumWaiting = 32 << 20;
// More than a connection holds on its way: what a client has not read when it breaks is still here.
constexpr size_t kMaximumKept = 32 << 20;

[[noreturn]] void Raise(const char* condition, const std::string& id) {
  throw SparkError(condition, {{"responseId", id}});
}

}  // namespace

Responses::Responses(bool keep) : keep_(keep), prefix_(RandomBits()) {}

std::string Responses::IdOf(uint64_t index) const { return ToUuid(prefix_, index); }

std::optional<uint64_t> Responses::IndexOf(const std::string& id) const {
  uint64_t high = 0, low = 0;
  if (!FromUuid(id, &high, &low) || high != prefix_) return std::nullopt;
  return low;
}

std::string Responses::NextId() const {
  std::lock_guard lock(mutex_);
  return IdOf(made_);
}

std::string Responses::LastSentId() const {
  std::lock_guard lock(mutex_);
  return IdOf(sent_ == 0 ? 0 : sent_ - 1);
}

bool Responses::Append(grpc::ByteBuffer bytes) {
  std::unique_lock lock(mutex_);
  space_.wait(lock, [&] { return stopped_ || waiting_ <= kMaximumWaiting; });
  if (stopped_) return false;
  size_t size = bytes.Length();
  responses_.push_back({made_++, std::move(bytes), size});
  waiting_ += size;
  WakeReader();
  return true;
}

void Responses::End(grpc::Status status) {
  std::lock_guard lock(mutex_);
  end_ = std::move(status);
  WakeReader();
}

size_t Responses::Waiting() const {
  std::lock_guard lock(mutex_);
  return waiting_;
}

bool Responses::ended() const {
  std::lock_guard lock(mutex_);
  return end_.has_value();
}

void Responses::Attach(Call* call, const std::string& after_id) {
  std::lock_guard lock(mutex_);
  uint64_t start = 0;
  if (!after_id.empty()) {
    std::optional<uint64_t> after = IndexOf(after_id);
    if (!after || *after >= made_) Raise("INVALID_CURSOR.POSITION_NOT_FOUND", after_id);
    start = *after + 1;
  }
  uint64_t first = made_ - responses_.size();
  if (start < first) Raise("INVALID_CURSOR.POSITION_NOT_AVAILABLE", after_id);
  WakeReader();  // it finds itself cut off
  reader_ = call;
  reader_waits_ = false;
  sent_ = start;
  waiting_ = kept_ = 0;
  for (const Response& response : responses_) {
    (response.index < start ? kept_ : waiting_) += response.size;
  }
}

void Responses::Detach(Call* call) {
  std::lock_guard lock(mutex_);
  if (reader_ == call) reader_ = nullptr;
}

Responses::Step Responses::Next(Call* call) {
  std::lock_guard lock(mutex_);
  Step step;
  if (reader_ != call) {
    step.kind = Step::Kind::kCutOff;
    return step;
  }
  if (sent_ < made_) {
    Response& next = responses_[sent_ - (made_ - responses_.size())];
    step.kind = Step::Kind::kResponse;
    step.response = next;
    ++sent_;
    waiting_ -= next.size;
    kept_ += next.size;
    step.last = sent_ == made_ && end_ && end_->ok();
    DropSent();
    space_.notify_one();
  } else if (end_) {
    step.kind = Step::Kind::kEnd;
    step.status = *end_;
  } else {
    reader_waits_ = true;
  }
  return step;
}

void Responses::WakeReader() {
  if (reader_ == nullptr || !reader_waits_) return;
  reader_waits_ = false;
  reader_->Wake();
}

void Responses::DropSent() {
  while (!responses_.empty() && responses_.front().index < sent_ &&
         (!keep_ || kept_ > kMaximumKept)) {
    kept_ -= responses_.front().size;
    responses_.pop_front();
  }
}

void Responses::Release(const std::string& until_id) {
  std::lock_guard lock(mutex_);
  std::optional<uint64_t> until = IndexOf(until_id);
  while (until && !responses_.empty() && responses_.front().index <= *until &&
         responses_.front().index < sent_) {
    kept_ -= responses_.front().size;
    responses_.pop_front();
  }
}

void Responses::Stop() {
  std::lock_guard lock(mutex_);
  stopped_ = true;
  space_.notify_all();
}

}  // namespace pyrite::connect
