#include "connect/sessions.h"

#include <algorithm>

#include "base/uuid.h"

namespace pyrite::connect {
namespace {

constexpr size_t kReleasedOperations = 1000;
constexpr size_t kKeptErrors = 100;
constexpr size_t kClosedSessions = 10000;

[[noreturn]] void RaiseHandle(const char* condition, const std::string& handle) {
  throw SparkError(std::string("INVALID_HANDLE.") + condition, {{"handle", handle}});
}

[[noreturn]] void RaiseClone(const char* condition, const std::string& id) {
  throw SparkError(std::string("INVALID_CLONE_SESSION_REQUEST.TARGET_SESSION_ID_") + condition,
                   {{"targetSessionId", id}});
}

}  // namespace

int64_t SecondsNow() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

SessionHolder::SessionHolder(std::shared_ptr<session::Session> session,
                             std::shared_ptr<const streaming::CallBack> callback)
    : session_(std::move(session)),
      streams_(std::make_shared<streaming::QueryManager>(session_, std::move(callback))),
      server_side_id_(NewUuid()) {}

void SessionHolder::AddOperation(std::shared_ptr<Operation> operation) {
  const std::string& id = operation->id();
  std::lock_guard lock(mutex_);
  if (closed_) RaiseHandle("SESSION_CLOSED", session_->session_id());
  if (std::find(released_.begin(), released_.end(), id) != released_.end()) {
    RaiseHandle("OPERATION_ABANDONED", id);
  }
  auto [at, is_new] = operations_.emplace(id, operation);
  if (!is_new) RaiseHandle("OPERATION_ALREADY_EXISTS", id);
}

std::shared_ptr<Operation> SessionHolder::FindOperation(const std::string& id) {
  std::lock_guard lock(mutex_);
  auto found = operations_.find(id);
  return found == operations_.end() ? nullptr : found->second;
}

std::vector<std::shared_ptr<Operation>> SessionHolder::Operations() {
  std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<Operation>> out;
  for (const auto& [id, operation] : operations_) out.push_back(operation);
  return out;
}

bool SessionHolder::RemoveOperation(const std::string& id) {
  std::shared_ptr<Operation> operation;
  {
    std::lock_guard lock(mutex_);
    auto found = operations_.find(id);
    if (found == operations_.end()) return false;
    operation = std::move(found->second);
    operations_.erase(found);
    released_.push_back(id);
    if (released_.size() > kReleasedOperations) released_.pop_front();
  }
  operation->Interrupt();
  return true;
}

void SessionHolder::Close() {
  {
    std::lock_guard lock(mutex_);
    closed_ = true;
  }
  for (const auto& operation : Operations()) RemoveOperation(operation->id());
  streams_->Close();
}

void SessionHolder::RemoveUnread(int64_t seconds) {
  int64_t now = SecondsNow();
  for (const auto& operation : Operations()) {
    int64_t since = operation->unread_since;
    if (since != 0 && now - since >= seconds) RemoveOperation(operation->id());
  }
}

std::string SessionHolder::KeepError(const SparkError& error) {
  std::string id = NewUuid();
  std::lock_guard lock(mutex_);
  errors_.emplace_back(id, error);
  if (errors_.size() > kKeptErrors) errors_.pop_front();
  return id;
}

std::optional<SparkError> SessionHolder::TakeError(const std::string& id) {
  std::lock_guard lock(mutex_);
  auto found = std::find_if(errors_.begin(), errors_.end(),
                            [&](const auto& entry) { return entry.first == id; });
  if (found == errors_.end()) return std::nullopt;
  SparkError error = std::move(found->second);
  errors_.erase(found);
  return error;
}

Sessions::Sessions(const ServerOptions& options, std::shared_ptr<engine::ExecutionEngine> engine)
    : session_timeout_(options.session_timeout),
      detached_timeout_(options.detached_timeout),
      engine_(std::move(engine)),
      catalog_(std::make_shared<catalog::SharedCatalog>()),
      callback_(std::make_shared<streaming::CallBack>()) {
  callback_->command = options.foreach_batch_worker;
}

std::chrono::seconds Sessions::clean_up_interval() const {
  return std::chrono::seconds(
      std::clamp<int64_t>(std::min(session_timeout_, detached_timeout_) / 2, 1, 10));
}

std::shared_ptr<SessionHolder> Sessions::FindLocked(const Key& key, const std::string& observed) {
  const std::string& id = key.second;
  if (!IsUuid(id)) RaiseHandle("FORMAT", id);
  if (all_closed_ || closed_.count(key) != 0) RaiseHandle("SESSION_CLOSED", id);
  auto found = sessions_.find(key);
  if (found == sessions_.end()) {
    if (!observed.empty()) RaiseHandle("SESSION_CHANGED", id);
    return nullptr;
  }
  if (!observed.empty() && observed != found->second->server_side_id()) {
    RaiseHandle("SESSION_CHANGED", id);
  }
  found->second->last_used = SecondsNow();
  return found->second;
}

std::shared_ptr<SessionHolder> Sessions::Get(const std::string& user_id,
                                             const std::string& session_id,
                                             const std::string& observed) {
  std::lock_guard lock(mutex_);
  Key key{user_id, session_id};
  std::shared_ptr<SessionHolder> holder = FindLocked(key, observed);
  if (holder == nullptr) {
    holder = std::make_shared<SessionHolder>(
        std::make_shared<session::Session>(user_id, session_id, engine_, catalog_), callback_);
    holder->last_used = SecondsNow();
    sessions_.emplace(std::move(key), holder);
  }
  return holder;
}

std::shared_ptr<SessionHolder> Sessions::Find(const std::string& user_id,
                                              const std::string& session_id,
                                              const std::string& observed) {
  std::lock_guard lock(mutex_);
  std::shared_ptr<SessionHolder> holder = FindLocked({user_id, session_id}, observed);
  if (holder == nullptr) RaiseHandle("SESSION_NOT_FOUND", session_id);
  return holder;
}

std::shared_ptr<SessionHolder> Sessions::FindOpen(const std::string& user_id,
                                                  const std::string& session_id) {
  std::lock_guard lock(mutex_);
  auto found = sessions_.find({user_id, session_id});
  return found == sessions_.end() ? nullptr : found->second;
}

std::shared_ptr<SessionHolder> Sessions::Close(const std::string& user_id,
                                               const std::string& session_id,
                                               bool allow_reconnect) {
  Key key{user_id, session_id};
  std::shared_ptr<SessionHolder> holder;
  {
    std::lock_guard lock(mutex_);
    auto found = sessions_.find(key);
    if (found != sessions_.end()) {
      holder = std::move(found->second);
      sessions_.erase(found);
    }
    if (!allow_reconnect && closed_.insert(key).second) {
      closed_order_.push_back(key);
      if (closed_order_.size() > kClosedSessions) {
        closed_.erase(closed_order_.front());
        closed_order_.pop_front();
      }
    }
  }
  if (holder != nullptr) holder->Close();
  return holder;
}

std::shared_ptr<SessionHolder> Sessions::Clone(SessionHolder& holder, const std::string& new_id) {
  if (!IsUuid(new_id)) RaiseClone("FORMAT", new_id);
  auto clone = std::make_shared<SessionHolder>(holder.session().Clone(new_id), callback_);
  clone->last_used = SecondsNow();
  std::lock_guard lock(mutex_);
  Key key{holder.session().user_id(), new_id};
  if (all_closed_ || closed_.count(key) != 0) RaiseClone("ALREADY_CLOSED", new_id);
  if (!sessions_.emplace(key, clone).second) RaiseClone("ALREADY_EXISTS", new_id);
  return clone;
}

void Sessions::CloseAll() {
  std::map<Key, std::shared_ptr<SessionHolder>> all;
  {
    std::lock_guard lock(mutex_);
    all_closed_ = true;
    all.swap(sessions_);
  }
  for (const auto& [key, holder] : all) holder->Close();
}

void Sessions::CleanUp() {
  int64_t now = SecondsNow();
  std::vector<std::shared_ptr<SessionHolder>> all;
  std::vector<Key> idle;
  {
    std::lock_guard lock(mutex_);
    for (const auto& [key, holder] : sessions_) {
      all.push_back(holder);
      // A client may look away for long while its streams run.
      if (!holder->streams()->Active().empty()) holder->last_used = now;
      if (now - holder->last_used >= session_timeout_ && holder->Operations().empty()) {
        idle.push_back(key);
      }
    }
  }
  for (const auto& holder : all) holder->RemoveUnread(detached_timeout_);
  for (const Key& key : idle) Close(key.first, key.second, /*allow_reconnect=*/false);
}

}  // namespace pyrite::connect
