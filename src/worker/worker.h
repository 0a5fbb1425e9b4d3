// A node that runs tasks: a DuckDB, a store of what its tasks made, and an Arrow Flight endpoint.
//
//   auto worker = Worker::Start({.host = "127.0.0.1"}, engine::OpenDatabase({.threads = 1}));
//   worker->address(); worker->Stop();
//
// The coordinator of queries is such a node too: what only it has, its own tasks read.
//
// It runs as many tasks at once as it has threads (task_queue.h). What they have made goes to the
// node's exchange (exchange_process.h) once it has been told of one.
//
// Actions of its endpoint: run_task (Task -> TaskResult), drop_query (its name), describe (Beat, or
// nothing -> WorkerInfo), read_function_files (function_files.h). Thread-safe.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "engine/engine.h"
#include "exchange/node.h"
#include "worker/task.h"

namespace pyrite::worker {

inline constexpr char kRunTask[] = "run_task";
inline constexpr char kDropQuery[] = "drop_query";
inline constexpr char kDescribe[] = "describe";

struct WorkerInfo {
  std::string build;
  int threads = 0;           // tasks that it runs at once
  int64_t memory_limit = 0;  // bytes, for queries
  int64_t memory_used = 0;
  int64_t output_bytes = 0;  // in memory and on disk
  int64_t outputs = 0;       // that running queries may read
  int64_t running = 0;       // tasks
  int64_t waiting = 0;
  bool is_draining = false;  // it takes no more tasks
  std::string exchange;      // address of the process that keeps what it has made; empty: itself
};

std::string Encode(const WorkerInfo& info);
WorkerInfo DecodeWorkerInfo(const std::string& bytes);

class Worker {
 public:
  // Raises when the address cannot be listened on. `advertised_host`: how other nodes reach this
  // one; empty: as it listens.
  static std::unique_ptr<Worker> Start(const exchange::NodeOptions& options,
                                       std::shared_ptr<engine::Database> database,
                                       const std::string& advertised_host = "");
  virtual ~Worker() = default;
  virtual int port() const = 0;
  virtual std::string address() const = 0;  // "host:port"
  virtual exchange::Peers& peers() = 0;
  // A task on this node, with the fragment itself instead of its bytes.
  virtual TaskResult RunHere(const Task& task, const stages::Fragment& fragment,
                             const std::function<bool()>& cancelled) = 0;
  // The fragment that gives a query's result, `plan`'s rows, on this node.
  virtual std::unique_ptr<engine::QueryRun> RunResult(plan::RelationPtr plan,
                                                      const stages::Fragment& fragment,
                                                      std::vector<Slot> slots,
                                                      const engine::QueryOptions& options) = 0;
  // The same, with the rows kept on this node.
  virtual std::unique_ptr<engine::StoreRun> StoreResult(plan::RelationPtr plan,
                                                        const stages::Fragment& fragment,
                                                        std::vector<Slot> slots,
                                                        const engine::QueryOptions& options) = 0;
  // The exchange of this node, for what is made from here on; empty: none. It is of the same user
  // on the same machine.
  virtual void SetExchange(const std::string& address) = 0;
  // Gives up the outputs of the query on this node.
  virtual void Drop(const std::string& query) = 0;
  // Refuses new tasks with WORKER_DRAINING from here on, and returns when those that run have ended
  // and no query needs what they have made; false: the time was up before that.
  virtual bool Drain(std::chrono::seconds limit) = 0;
  // Ends what runs, and returns when it has ended.
  virtual void Stop() = 0;
};

}  // namespace pyrite::worker
