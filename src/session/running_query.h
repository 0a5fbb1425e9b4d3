// The query that an operation runs at the moment, so that the operation can be interrupted whatever
// it is doing: sending rows, collecting them for show(), finding a pivot's values.
//
//   RunningQuery running;
//   RunningQuery::Scope scope(&running);   // on the operation's thread
//   session.Collect(plan);                 // running.Interrupt() from elsewhere ends it
//
// Thread-safe.
#pragma once

#include <mutex>
#include <optional>

#include "engine/engine.h"

namespace pyrite::session {

class RunningQuery {
 public:
  // Ends the query that runs, and any that would start after it, with OPERATION_CANCELED.
  void Interrupt();
  bool interrupted() const;
  void RaiseIfInterrupted() const;
  // nullopt when no query runs.
  std::optional<engine::QueryProgress> Progress() const;

  // What the calling thread runs counts as this operation's.
  class Scope {
   public:
    explicit Scope(RunningQuery* running);
    ~Scope();
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    RunningQuery* outer_;
  };

  // `query` runs for as long as this lives.
  class Use {
   public:
    explicit Use(engine::QueryRun* query);
    ~Use();
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;

   private:
    RunningQuery* running_;
    engine::QueryRun* outer_ = nullptr;
  };

 private:
  mutable std::mutex mutex_;
  engine::QueryRun* query_ = nullptr;
  bool interrupted_ = false;
};

}  // namespace pyrite::session
