// A worker, as Python starts and stops it.
#include "worker/worker.h"

#include <nanobind/stl/string.h>
#include <nanobind/stl/unique_ptr.h>

#include "bindings/bindings.h"

namespace pyrite::bindings {

void AddWorker(nanobind::module_& module) {
  using namespace nanobind::literals;
  nanobind::class_<worker::Worker>(module, "Worker")
      .def_prop_ro("address", &worker::Worker::address)
      .def(
          "drain",
          [](worker::Worker& worker, int64_t seconds) {
            return worker.Drain(std::chrono::seconds(seconds));
          },
          "seconds"_a, nanobind::call_guard<nanobind::gil_scoped_release>())
      .def("set_exchange", &worker::Worker::SetExchange, "address"_a)
      .def("stop", &worker::Worker::Stop, nanobind::call_guard<nanobind::gil_scoped_release>());
  module.def(
      "start_worker",
      [](std::string host, int port, std::string token, std::string tls_certificate,
         std::string tls_key, std::string tls_authority, int threads,
         const std::string& memory_limit, const std::string& spill_directory) {
        engine::EngineOptions engine{threads, memory_limit, spill_directory, PythonWorker()};
        nanobind::gil_scoped_release release;
        exchange::NodeOptions node;
        node.host = std::move(host);
        node.port = port;
        node.security = {std::move(token), std::move(tls_certificate), std::move(tls_key),
                         std::move(tls_authority)};
        return worker::Worker::Start(node, engine::OpenDatabase(engine));
      },
      "host"_a = "127.0.0.1", "port"_a = 0, "token"_a = "", "cluster_tls_certificate"_a = "",
      "cluster_tls_key"_a = "", "cluster_tls_authority"_a = "", "threads"_a = 0,
      "memory_limit"_a = "", "spill_directory"_a = "");
}

}  // namespace pyrite::bindings
