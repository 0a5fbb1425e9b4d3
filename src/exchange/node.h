// A node's Arrow Flight endpoint: serves the outputs in its store (DoGet), and hands actions to
// whoever owns the node (DoAction).
//
//   auto node = FlightNode::Start({.host = "127.0.0.1"}, store, handler);
//   node->port();
//
// A DoGet ticket is TicketText(id, partitions). An action has a name and bytes, and answers with
// bytes; a SparkError of the handler reaches the caller as the same SparkError. Each call has a
// thread of its own, and may take as long as it wants.
//
// Thread-safe.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "exchange/output_store.h"

namespace pyrite::exchange {

// How nodes speak with each other: the same on all nodes of a cluster.
struct Security {
  std::string token;            // that every call must bear; empty: none
  std::string tls_certificate;  // PEM file of this node; empty: no TLS
  std::string tls_key;          // PEM file
  std::string tls_authority;    // PEM file of who signs the nodes' certificates
};

struct NodeOptions {
  std::string host = "127.0.0.1";  // another one only with a token
  int port = 0;                    // 0: a free one
  Security security;
};

// Called on the call's thread; `cancelled` says whether the caller is gone.
using ActionHandler = std::function<std::string(const std::string& name, const std::string& body,
                                                const std::function<bool()>& cancelled)>;

std::string TicketText(const TaskId& id, Partitions partitions);

class FlightNode {
 public:
  // Raises when the address cannot be listened on, or the TLS files cannot be read.
  static std::unique_ptr<FlightNode> Start(const NodeOptions& options,
                                           std::shared_ptr<OutputStore> store,
                                           ActionHandler handler);
  virtual ~FlightNode() = default;
  virtual int port() const = 0;
  // Refuses new calls, and returns when those that run have ended.
  virtual void Stop() = 0;
};

}  // namespace pyrite::exchange
