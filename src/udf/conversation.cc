#include "udf/conversation.h"

#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>

#include "base/errors.h"
#include "udf/wire.h"

namespace pyrite::udf {
namespace {
constexpr int kWaitMilliseconds = 50;
constexpr size_t kReadBytes = 1 << 18;
}  // namespace

Conversation::Conversation(WorkerPool& pool, const std::string& folder, std::string request,
                           bool with_empty)
    : pool_(pool), worker_(pool.Take(folder)), answer_(with_empty), unsent_(std::move(request)) {}

Conversation::~Conversation() {
  if (answer_.is_reusable() && all_sent()) pool_.GiveBack(std::move(worker_));
}

void Conversation::End() {
  std::string end;
  AppendInt(end, static_cast<int32_t>(Mark::kEndOfStream));
  Send(end);
}

void Conversation::RaiseLost() {
  throw SparkError("", "", "org.apache.spark.SparkException",
                   "Python worker exited unexpectedly (crashed)");
}

void Conversation::Write() {
  while (!all_sent()) {
    ssize_t count = ::send(worker_->socket(), unsent_.data() + sent_, unsent_.size() - sent_,
                           MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno == EAGAIN) return;
    if (count < 0) {  // it takes no more: what it says last tells why
      sent_ = unsent_.size();
      break;
    }
    sent_ += static_cast<size_t>(count);
  }
  unsent_.clear();
  sent_ = 0;
}

void Conversation::Read() {
  thread_local std::array<char, kReadBytes> bytes;
  ssize_t count = ::recv(worker_->socket(), bytes.data(), bytes.size(), MSG_DONTWAIT);
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (count <= 0 && !rows_ended()) RaiseLost();
  closed_ = count <= 0;
  if (closed_) return;
  answer_.Feed({bytes.data(), static_cast<size_t>(count)});
}

void Conversation::Step() {
  short wanted = POLLIN;
  if (!all_sent()) wanted |= POLLOUT;
  pollfd ready{worker_->socket(), wanted, 0};
  if (::poll(&ready, 1, kWaitMilliseconds) <= 0) return;
  if ((ready.revents & POLLOUT) != 0) Write();
  if ((ready.revents & (POLLIN | POLLHUP | POLLERR)) != 0) Read();
}

std::shared_ptr<arrow::RecordBatch> Conversation::TakeBatch() {
  if (answer_.batches().empty()) return nullptr;
  auto batch = std::move(answer_.batches().front());
  answer_.batches().pop_front();
  return batch;
}

}  // namespace pyrite::udf
