// Where a query's rows go. Belongs to the query's thread.
#pragma once

#include <memory>
#include <string>

#include "session/session.h"
#include "streaming/start_request.h"

namespace pyrite::streaming {

class Sink {
 public:
  virtual ~Sink() = default;
  virtual std::string description() const = 0;
  struct Batch {
    int64_t number = 0;
    plan::RelationPtr rows;  // as it leaves the analyzer
    bool again = false;      // an earlier run may have delivered it, and died before it knew
  };
  // Runs the rows' query. The rows that it took, -1: not known.
  virtual int64_t Add(const Batch& batch) = 0;
  // The query has ended: gives up what it held for the next batch.
  virtual void End() {}
};

// How processes of Python that run users' functions reach this server.
struct CallBack {
  std::vector<std::string> command;  // the interpreter and the script; empty: there is none
  std::string url;                   // sc://host:port/;parameters
};

// What sinks need of the query that they stand at the end of.
struct SinkSetting {
  std::shared_ptr<session::Session> client;  // the user's
  std::shared_ptr<session::Session> own;     // a copy of it, as it was at the start
  std::string query_id;
  std::shared_ptr<const CallBack> callback;
  plan::Columns columns;
  OutputMode mode = OutputMode::kAppend;
};

// Raises what Spark raises for a sink that cannot be.
void CheckSink(const StartRequest& request, const SinkSetting& setting);
std::unique_ptr<Sink> MakeSink(const StartRequest& request, const SinkSetting& setting);
// Of files: start(path), or the option; empty for none.
std::string PathOf(const StartRequest& request);
// Whether the query may run without a checkpoint folder of the user's.
bool NeedsNoCheckpoint(const StartRequest& request);

std::unique_ptr<Sink> MakeMemorySink(const std::string& name, const SinkSetting& setting);
std::unique_ptr<Sink> MakeConsoleSink(const StartRequest& request, const SinkSetting& setting);
std::unique_ptr<Sink> MakeNoopSink(const SinkSetting& setting);
std::unique_ptr<Sink> MakeFileSink(const StartRequest& request, const std::string& format,
                                   const SinkSetting& setting);
std::unique_ptr<Sink> MakeTableSink(const StartRequest& request, const SinkSetting& setting);
std::unique_ptr<Sink> MakeForeachBatchSink(const StartRequest& request, const SinkSetting& setting);

// A batch's rows under an id, for as long as this lives: relations of clients and commands of the
// session can name them.
class BatchFrame {
 public:
  BatchFrame(session::Session& session, plan::RelationPtr rows);
  ~BatchFrame();
  BatchFrame(const BatchFrame&) = delete;
  BatchFrame& operator=(const BatchFrame&) = delete;

  const std::string& id() const { return id_; }
  spec::RelationPtr relation() const;
  // Ready to run.
  plan::RelationPtr Plan() const { return session_.Analyze(*relation()); }

 private:
  session::Session& session_;
  std::string id_;
};

}  // namespace pyrite::streaming
