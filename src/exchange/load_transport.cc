// Nodes and peers by the library that speaks Arrow Flight.
#include <dlfcn.h>

#include "base/errors.h"
#include "exchange/flight/transport.h"

namespace pyrite::exchange {
namespace {

const Transport& Load() {
  void* library = dlopen(kTransportLibrary, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) throw errors::Internal(dlerror());
  auto get = reinterpret_cast<const Transport* (*)()>(dlsym(library, kTransportSymbol));
  if (get == nullptr) throw errors::Internal(dlerror());
  return *get();
}

const Transport& TheTransport() {
  static const Transport& transport = Load();
  return transport;
}

}  // namespace

std::unique_ptr<FlightNode> FlightNode::Start(const NodeOptions& options,
                                              std::shared_ptr<OutputStore> store,
                                              ActionHandler handler) {
  return TheTransport().start_node(options, std::move(store), std::move(handler));
}

std::shared_ptr<Peers> Peers::Make(Security security, std::string own_address,
                                   std::shared_ptr<OutputStore> store,
                                   std::shared_ptr<const NodeExchange> exchange) {
  return TheTransport().make_peers(std::move(security), std::move(own_address), std::move(store),
                                   std::move(exchange));
}

}  // namespace pyrite::exchange
