// A node's exchange, as Python starts and stops it.
#include <nanobind/stl/string.h>
#include <nanobind/stl/unique_ptr.h>

#include "bindings/bindings.h"
#include "worker/exchange_process.h"

namespace pyrite::bindings {

void AddExchange(nanobind::module_& module) {
  using namespace nanobind::literals;
  using Exchange = worker::ExchangeProcess;
  using Release = nanobind::call_guard<nanobind::gil_scoped_release>;
  nanobind::class_<Exchange>(module, "Exchange")
      .def_prop_ro("address", &Exchange::address)
      .def_prop_ro("outputs", &Exchange::outputs)
      .def("set_workers", &Exchange::SetWorkers, "count"_a)
      .def("stop", &Exchange::Stop, Release());
  module.def(
      "start_exchange",
      [](std::string host, int port, std::string token, std::string tls_certificate,
         std::string tls_key, std::string tls_authority, std::string spill_directory) {
        exchange::NodeOptions node;
        node.host = std::move(host);
        node.port = port;
        node.security = {std::move(token), std::move(tls_certificate), std::move(tls_key),
                         std::move(tls_authority)};
        exchange::StoreOptions store;
        store.directory = std::move(spill_directory);
        return Exchange::Start(node, store);
      },
      "host"_a = "127.0.0.1", "port"_a = 0, "token"_a = "", "cluster_tls_certificate"_a = "",
      "cluster_tls_key"_a = "", "cluster_tls_authority"_a = "", "spill_directory"_a = "",
      Release());
}

}  // namespace pyrite::bindings
