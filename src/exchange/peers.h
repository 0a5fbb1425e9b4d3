// The other nodes, as this one calls them: one connection a peer, kept for the next call.
//
//   auto peers = Peers::Make(security, own_address, store);
//   std::string reply = peers->Call("10.0.0.7:31000", "run_task", body);
//   auto rows = peers->Read(schema, {{"10.0.0.7:31000", id}}, {1, 2});
//
// Thread-safe. Raises SparkError: what the peer's handler raised, or WORKER_LOST (worker, reason)
// when the peer cannot be reached or goes away in the middle.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "exchange/node.h"
#include "exchange/node_exchange.h"
#include "exchange/output_store.h"

namespace pyrite::exchange {

// Where one task's output is.
struct OutputLocation {
  std::string address;  // "host:port" of the process that has it
  TaskId id;
  std::string path;  // in that process's exchange: SharedPath, for those of the same node
};

class Peers {
 public:
  // Outputs at `own_address` are read from `store` itself, those of the node's own `exchange` where
  // they lie.
  static std::shared_ptr<Peers> Make(Security security, std::string own_address,
                                     std::shared_ptr<OutputStore> store,
                                     std::shared_ptr<const NodeExchange> exchange = nullptr);
  virtual ~Peers() = default;

  // An action of the peer. `cancelled`: turns true when the caller no longer wants the answer; the
  // call then ends within a second with OPERATION_CANCELED.
  virtual std::string Call(const std::string& address, const std::string& name,
                           const std::string& body,
                           const std::atomic<bool>* cancelled = nullptr) = 0;
  // The same partitions of several outputs, in the outputs' order. Batches are fetched ahead of the
  // reader, from a few outputs at once, up to a bound in bytes; the reader may be destroyed early.
  virtual std::shared_ptr<arrow::RecordBatchReader> Read(std::shared_ptr<arrow::Schema> schema,
                                                         std::vector<OutputLocation> outputs,
                                                         Partitions partitions) = 0;
};

}  // namespace pyrite::exchange
