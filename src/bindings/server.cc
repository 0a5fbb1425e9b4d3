// The server, as Python starts and stops it.
#include "connect/server.h"

#include <nanobind/stl/string.h>
#include <nanobind/stl/unique_ptr.h>

#include "bindings/bindings.h"

namespace pyrite::bindings {
namespace {

std::unique_ptr<connect::Server> StartServer(const connect::ServerOptions& options, int threads,
                                             const std::string& memory_limit,
                                             const std::string& spill_directory) {
  nanobind::gil_scoped_release release;
  std::shared_ptr<engine::ExecutionEngine> engine =
      engine::MakeEmbeddedEngine({threads, memory_limit, spill_directory});
  return connect::Server::Start(options, std::move(engine));
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
         const std::string& spill_directory) {
        connect::ServerOptions options{std::move(host),
                                       port,
                                       port_reserved,
                                       std::move(token),
                                       std::move(tls_certificate),
                                       std::move(tls_key),
                                       session_timeout,
                                       detached_timeout};
        return StartServer(options, threads, memory_limit, spill_directory);
      },
      "host"_a = "127.0.0.1", "port"_a = 0, "port_reserved"_a = false, "token"_a = "",
      "tls_certificate"_a = "", "tls_key"_a = "",
      "session_timeout"_a = connect::ServerOptions().session_timeout,
      "detached_timeout"_a = connect::ServerOptions().detached_timeout, "threads"_a = 0,
      "memory_limit"_a = "", "spill_directory"_a = "");
}

}  // namespace pyrite::bindings
