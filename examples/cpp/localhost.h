// What both programs of this folder share: workers of this machine by their ports, and a session
// whose queries they run.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cluster/cluster_engine.h"
#include "session/session.h"

namespace localhost {

using Ports = std::vector<int>;

struct Settings {
  Ports ports;
  pyrite::stages::CutOptions cut;
};

// A resolver of one's own: workers are asked for often, and may come and go.
class PortsResolver : public pyrite::cluster::Resolver {
 public:
  explicit PortsResolver(Ports ports) : ports_(std::move(ports)) {}
  std::vector<std::string> Addresses() override;

 private:
  const Ports ports_;
};

// "31000,31001"
Ports ParsePorts(const std::string& text);

// A session whose queries the workers at these ports run; without any, an error.
std::unique_ptr<pyrite::session::Session> Connect(
    std::shared_ptr<pyrite::engine::Database> database, const Settings& settings);

// The rows of a statement as show() prints them.
std::string Show(pyrite::session::Session& session, const std::string& statement);

}  // namespace localhost
