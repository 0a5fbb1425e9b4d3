// A node's exchange: a process that keeps what the node's workers have made, and serves it to
// others, as long as queries need it. It runs nothing.
//
//   auto exchange = ExchangeProcess::Start({.host = "127.0.0.1"}, {.directory = folder});
//   exchange->address();
//
// Actions of its endpoint: adopt_output (Adoption -> the path of its own file), drop_query (its
// name), describe (Beat, or nothing -> WorkerInfo without threads). Thread-safe.
#pragma once

#include <memory>
#include <string>

#include "exchange/node.h"

namespace pyrite::worker {

inline constexpr char kAdoptOutput[] = "adopt_output";

class ExchangeProcess {
 public:
  // Raises when the address cannot be listened on.
  static std::unique_ptr<ExchangeProcess> Start(const exchange::NodeOptions& options,
                                                const exchange::StoreOptions& store);
  virtual ~ExchangeProcess() = default;
  virtual std::string address() const = 0;  // "host:port"
  // Outputs that running queries may still read.
  virtual size_t outputs() const = 0;
  // Of how many workers it keeps outputs: each adds to what stays in memory.
  virtual void SetWorkers(int count) = 0;
  virtual void Stop() = 0;
};

}  // namespace pyrite::worker
