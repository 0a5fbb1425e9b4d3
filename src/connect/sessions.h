// The sessions of a server, with what belongs to each: operations and errors.
// Thread-safe.
#pragma once

#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "connect/operation.h"
#include "connect/options.h"

namespace pyrite::connect {

// One client's session on this server.
class SessionHolder {
 public:
  SessionHolder(std::shared_ptr<session::Session> session,
                std::shared_ptr<const streaming::CallBack> callback);

  session::Session& session() { return *session_; }
  const std::shared_ptr<session::Session>& shared_session() const { return session_; }
  const std::shared_ptr<streaming::QueryManager>& streams() const { return streams_; }
  const std::string& server_side_id() const { return server_side_id_; }

  // Raises INVALID_HANDLE.OPERATION_ABANDONED for an id that was released.
  void AddOperation(std::shared_ptr<Operation> operation);
  // nullptr when there is none.
  std::shared_ptr<Operation> FindOperation(const std::string& id);
  std::vector<std::shared_ptr<Operation>> Operations();
  // Forgets the operation, and ends it when it runs. False when there was none.
  bool RemoveOperation(const std::string& id);
  // Ends all operations and streams; a new one raises INVALID_HANDLE.SESSION_CLOSED from now on.
  void Close();
  // Forgets the operations that nobody has read for so long, and ends those that run.
  void RemoveUnread(int64_t seconds);

  // Keeps the error for FetchErrorDetails, under the id returned.
  std::string KeepError(const SparkError& error);
  std::optional<SparkError> TakeError(const std::string& id);

  std::atomic<int64_t> last_used = 0;  // seconds of the steady clock

 private:
  const std::shared_ptr<session::Session> session_;
  const std::shared_ptr<streaming::QueryManager> streams_;
  const std::string server_side_id_;
  std::mutex mutex_;
  bool closed_ = false;
  std::map<std::string, std::shared_ptr<Operation>> operations_;
  std::deque<std::string> released_;  // the latest, oldest first
  std::deque<std::pair<std::string, SparkError>> errors_;
};

class Sessions {
 public:
  Sessions(const ServerOptions& options, std::shared_ptr<engine::ExecutionEngine> engine);

  // The session, made when it is new. `observed` is the server-side id that the client knows, empty
  // for none. Raises INVALID_HANDLE conditions.
  std::shared_ptr<SessionHolder> Get(const std::string& user_id, const std::string& session_id,
                                     const std::string& observed);
  // The session, which must exist.
  std::shared_ptr<SessionHolder> Find(const std::string& user_id, const std::string& session_id,
                                      const std::string& observed);
  // nullptr when there is none, or it was closed.
  std::shared_ptr<SessionHolder> FindOpen(const std::string& user_id,
                                          const std::string& session_id);
  // nullptr when there was none. Without `allow_reconnect`, the id cannot be used again.
  std::shared_ptr<SessionHolder> Close(const std::string& user_id, const std::string& session_id,
                                       bool allow_reconnect);
  std::shared_ptr<SessionHolder> Clone(SessionHolder& holder, const std::string& new_id);
  // From now on there are no sessions.
  void CloseAll();
  // Drops idle sessions and abandoned operations.
  void CleanUp();
  // The server can be reached there, by processes that it starts. Before there are sessions.
  void SetUrl(std::string url) { callback_->url = std::move(url); }
  // How often that is worth the while.
  std::chrono::seconds clean_up_interval() const;

 private:
  using Key = std::pair<std::string, std::string>;

  std::shared_ptr<SessionHolder> FindLocked(const Key& key, const std::string& observed);

  const int64_t session_timeout_;   // seconds
  const int64_t detached_timeout_;  // seconds
  const std::shared_ptr<engine::ExecutionEngine> engine_;
  const std::shared_ptr<catalog::SharedCatalog> catalog_;
  const std::shared_ptr<streaming::CallBack> callback_;
  std::mutex mutex_;
  std::map<Key, std::shared_ptr<SessionHolder>> sessions_;
  bool all_closed_ = false;
  std::set<Key> closed_;
  std::deque<Key> closed_order_;
};

int64_t SecondsNow();

}  // namespace pyrite::connect
