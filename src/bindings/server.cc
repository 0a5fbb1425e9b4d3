// The server, as Python starts and stops it.
#include "connect/server.h"

#include <nanobind/stl/string.h>
#include <nanobind/stl/unique_ptr.h>
#include <nanobind/stl/vector.h>

#include "bindings/bindings.h"
#include "bindings/cluster_arguments.h"

namespace pyrite::bindings {
namespace {

struct RunningServer {
  std::unique_ptr<connect::Server> server;
  std::shared_ptr<cluster::PushedResolver> pushed;  // null: nobody tells where workers are
};

std::shared_ptr<engine::ExecutionEngine> MakeEngine(std::shared_ptr<engine::Database> database,
                                                    ClusterArguments& arguments,
                                                    RunningServer& running) {
  if (arguments.workers.empty()) return engine::MakeEmbeddedEngine(std::move(database));
  if (arguments.workers == kPushed) {
    running.pushed = std::make_shared<cluster::PushedResolver>();
    arguments.options.workers = running.pushed;
  } else {
    arguments.options.workers = cluster::MakeResolver(arguments.workers);
  }
  return cluster::MakeClusterEngine(std::move(database), arguments.options);
}

std::unique_ptr<RunningServer> StartServer(const connect::ServerOptions& options,
                                           const engine::EngineOptions& database,
                                           ClusterArguments cluster) {
  nanobind::gil_scoped_release release;
  auto running = std::make_unique<RunningServer>();
  auto engine = MakeEngine(engine::OpenDatabase(database), cluster, *running);
  running->server = connect::Server::Start(options, std::move(engine));
  return running;
}

void SetWorkers(RunningServer& running, std::vector<std::string> addresses) {
  if (running.pushed == nullptr) {
    throw std::invalid_argument("the server was not started with workers=\"pushed\"");
  }
  running.pushed->Set(std::move(addresses));
}

}  // namespace

void AddServer(nanobind::module_& module) {
  using namespace nanobind::literals;
  using Release = nanobind::call_guard<nanobind::gil_scoped_release>;
  nanobind::class_<RunningServer>(module, "Server")
      .def_prop_ro("port", [](const RunningServer& running) { return running.server->port(); })
      .def("set_workers", SetWorkers, "addresses"_a)
      .def(
          "stop", [](RunningServer& running) { running.server->Stop(); }, Release())
      .def(
          "abandon", [](RunningServer& running) { running.server->Abandon(); }, Release());
  module.def(
      "start_server",
      [](std::string host, int port, bool port_reserved, std::string token,
         std::string tls_certificate, std::string tls_key, int64_t session_timeout,
         int64_t detached_timeout, int threads, const std::string& memory_limit,
         const std::string& spill_directory, const nanobind::kwargs& cluster) {
        connect::ServerOptions options{std::move(host),
                                       port,
                                       port_reserved,
                                       std::move(token),
                                       std::move(tls_certificate),
                                       std::move(tls_key),
                                       session_timeout,
                                       detached_timeout,
                                       ForeachBatchWorker()};
        return StartServer(options, {threads, memory_limit, spill_directory, PythonWorker()},
                           ReadClusterArguments(cluster));
      },
      "host"_a = "127.0.0.1", "port"_a = 0, "port_reserved"_a = false, "token"_a = "",
      "tls_certificate"_a = "", "tls_key"_a = "",
      "session_timeout"_a = connect::ServerOptions().session_timeout,
      "detached_timeout"_a = connect::ServerOptions().detached_timeout, "threads"_a = 0,
      "memory_limit"_a = "", "spill_directory"_a = "", "cluster"_a);
}

}  // namespace pyrite::bindings
