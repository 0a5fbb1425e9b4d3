// The query that an operation runs at the moment, so that the operation can be interrupted whatever
// it is doing: sending rows, collecting them for show(), finding a pivot's values.
//
//   RunningQuery running;
//   RunningQuery::Scope scope(&running);   // on the operation's thread
//   session.Collect(plan);                 // running.Interrupt() from elsewhere ends it
//
// Thread-safe.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "engine/engine.h"

namespace arrow {
class Table;
}

namespace pyrite::session {

// What df.observe found: one row of values, or the error in making it.
struct Observed {
  std::string name;
  plan::Columns columns;
  std::shared_ptr<const arrow::Table> row;
  std::optional<SparkError> error;
};

class RunningQuery {
 public:
  // Ends the query that runs, and any that would start after it, with OPERATION_CANCELED.
  void Interrupt();
  bool interrupted() const;
  void RaiseIfInterrupted() const;
  // The operation that the calling thread works for; nullptr for none.
  static RunningQuery* Current();
  static void RaiseIfCurrentInterrupted();

  // The last one of each name is kept.
  void AddObserved(Observed observed);
  std::vector<Observed> TakeObserved();

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
  std::vector<Observed> observed_;
};

}  // namespace pyrite::session
