// The server, as Python starts and stops it.
#include "connect/server.h"

#include <nanobind/stl/string.h>
#include <nanobind/stl/unique_ptr.h>

#include "bindings/bindings.h"
#include "cluster/cluster_engine.h"

namespace pyrite::bindings {
namespace {

// Workers as "host:port,host:port"; none: queries run in this process.
std::shared_ptr<engine::ExecutionEngine> MakeEngine(const connect::ServerOptions& options,
                                                    std::shared_ptr<engine::Database> database,
                                                    const std::string& workers,
                                                    int64_t cluster_least_rows) {
  if (workers.empty()) return engine::MakeEmbeddedEngine(std::move(database));
  cluster::ClusterOptions cluster;
  for (size_t from = 0; from <= workers.size();) {
    size_t to = std::min(workers.find(',', from), workers.size());
    if (to > from) cluster.workers.push_back(workers.substr(from, to - from));
    from = to + 1;
  }
  cluster.node.security.token = options.token;
  cluster.cut.tasks = 0;
  cluster.cut.least_rows = static_cast<double>(cluster_least_rows);
  return cluster::MakeClusterEngine(std::move(database), cluster);
}

std::unique_ptr<connect::Server> StartServer(const connect::ServerOptions& options, int threads,
                                             const std::string& memory_limit,
                                             const std::string& spill_directory,
                                             const std::string& workers,
                                             int64_t cluster_least_rows) {
  nanobind::gil_scoped_release release;
  auto database = engine::OpenDatabase({threads, memory_limit, spill_directory});
  return connect::Server::Start(
      options, MakeEngine(options, std::move(database), workers, cluster_least_rows));
}

}  // namespace

void AddServer(nanobind::module_& module) {
  using namespace nanobind::literals;
  nanobind::class_<connect::Server>(module, "Server")
      .def_prop_ro("port", &connect::Server::port)
      .def("stop", &connect::Server::Stop, nanobind::call_guard<nanobind::gil_scoped_release>())
      .def("abandon", &connect::Server::Abandon,
           nanobind::call_guard<nanobind::gil_scoped_release>());
  module.def(
      "start_server",
      [](std::string host, int port, bool port_reserved, std::string token,
         std::string tls_certificate, std::string tls_key, int64_t session_timeout,
         int64_t detached_timeout, int threads, const std::string& memory_limit,
         const std::string& spill_directory, const std::string& workers,
         int64_t cluster_least_rows) {
        connect::ServerOptions options{std::move(host),
                                       port,
                                       port_reserved,
                                       std::move(token),
                                       std::move(tls_certificate),
                                       std::move(tls_key),
                                       session_timeout,
                                       detached_timeout};
        return StartServer(options, threads, memory_limit, spill_directory, workers,
                           cluster_least_rows);
      },
      "host"_a = "127.0.0.1", "port"_a = 0, "port_reserved"_a = false, "token"_a = "",
      "tls_certificate"_a = "", "tls_key"_a = "",
      "session_timeout"_a = connect::ServerOptions().session_timeout,
      "detached_timeout"_a = connect::ServerOptions().detached_timeout, "threads"_a = 0,
      "memory_limit"_a = "", "spill_directory"_a = "", "workers"_a = "",
      "cluster_least_rows"_a = static_cast<int64_t>(stages::CutOptions().least_rows));
}

}  // namespace pyrite::bindings
