#include "localhost.h"

#include <sstream>

namespace localhost {

std::vector<std::string> PortsResolver::Addresses() {
  std::vector<std::string> addresses;
  for (int port : ports_) addresses.push_back("127.0.0.1:" + std::to_string(port));
  return addresses;
}

Ports ParsePorts(const std::string& text) {
  Ports ports;
  std::istringstream in(text);
  for (std::string port; std::getline(in, port, ',');) ports.push_back(std::stoi(port));
  return ports;
}

std::unique_ptr<pyrite::session::Session> Connect(
    std::shared_ptr<pyrite::engine::Database> database, const Settings& settings) {
  pyrite::cluster::ClusterOptions options;
  options.workers = std::make_shared<PortsResolver>(settings.ports);
  options.cut = settings.cut;
  options.fall_back = false;
  return std::make_unique<pyrite::session::Session>(
      "", "localhost", pyrite::cluster::MakeClusterEngine(std::move(database), options),
      std::make_shared<pyrite::catalog::SharedCatalog>());
}

std::string Show(pyrite::session::Session& session, const std::string& statement) {
  pyrite::spec::Statement parsed = session.ParseSql({statement, {}, {}});
  if (parsed.query != nullptr) return session.Show(session.Analyze(*parsed.query));
  auto rows = session.Run(*parsed.command);
  return rows == nullptr || rows->output.empty() ? "" : session.Show(rows);
}

}  // namespace localhost
