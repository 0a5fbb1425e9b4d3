#include "session/running_query.h"

#include <utility>

#include "base/error.h"

namespace pyrite::session {
namespace {

thread_local RunningQuery* current = nullptr;

}  // namespace

void RunningQuery::Interrupt() {
  std::lock_guard lock(mutex_);
  interrupted_ = true;
  if (query_ != nullptr) query_->Interrupt();
}

bool RunningQuery::interrupted() const {
  std::lock_guard lock(mutex_);
  return interrupted_;
}

void RunningQuery::RaiseIfInterrupted() const {
  if (interrupted()) throw SparkError("OPERATION_CANCELED", {});
}

RunningQuery* RunningQuery::Current() { return current; }

void RunningQuery::RaiseIfCurrentInterrupted() {
  if (current != nullptr) current->RaiseIfInterrupted();
}

void RunningQuery::AddObserved(Observed observed) {
  std::lock_guard lock(mutex_);
  std::erase_if(observed_, [&](const Observed& other) { return other.name == observed.name; });
  observed_.push_back(std::move(observed));
}

std::vector<Observed> RunningQuery::TakeObserved() {
  std::lock_guard lock(mutex_);
  return std::exchange(observed_, {});
}

std::optional<engine::QueryProgress> RunningQuery::Progress() const {
  std::lock_guard lock(mutex_);
  if (query_ == nullptr) return std::nullopt;
  return query_->Progress();
}

RunningQuery::Scope::Scope(RunningQuery* running) : outer_(std::exchange(current, running)) {}
RunningQuery::Scope::~Scope() { current = outer_; }

RunningQuery::Use::Use(engine::QueryRun* query) : running_(current) {
  if (running_ == nullptr) return;
  std::lock_guard lock(running_->mutex_);
  if (running_->interrupted_) throw SparkError("OPERATION_CANCELED", {});
  outer_ = std::exchange(running_->query_, query);
}

RunningQuery::Use::~Use() {
  if (running_ == nullptr) return;
  std::lock_guard lock(running_->mutex_);
  running_->query_ = outer_;
}

}  // namespace pyrite::session
