// The server, as Python starts and stops it.
#include "connect/server.h"

#include <nanobind/stl/string.h>
#include <nanobind/stl/unique_ptr.h>

#include "bindings/bindings.h"

namespace pyrite::bindings {
namespace {

std::unique_ptr<connect::Server> StartServer(const std::string& host, int port, int threads,
                                             const std::string& memory_limit,
                                             const std::string& spill_directory) {
  engine::EngineOptions options;
  options.threads = threads;
  options.memory_limit = memory_limit;
  options.spill_directory = spill_directory;
  nanobind::gil_scoped_release release;
  std::shared_ptr<engine::ExecutionEngine> engine = engine::MakeEmbeddedEngine(options);
  return connect::Server::Start({host, port}, std::move(engine));
}

}  // namespace

void AddServer(nanobind::module_& module) {
  nanobind::class_<connect::Server>(module, "Server")
      .def_prop_ro("port", &connect::Server::port)
      .def("stop", &connect::Server::Stop, nanobind::call_guard<nanobind::gil_scoped_release>());
  using namespace nanobind::literals;
  module.def("start_server", StartServer, "host"_a = "127.0.0.1", "port"_a = 0, "threads"_a = 0,
             "memory_limit"_a = "", "spill_directory"_a = "");
}

}  // namespace pyrite::bindings
