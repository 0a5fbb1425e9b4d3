// What the library of this folder gives to the rest: loading Arrow Flight takes a tenth of the time
// in which a small program starts and ends, so only processes that speak to other nodes load it.
#pragma once

#include <memory>
#include <string>

#include "exchange/node.h"
#include "exchange/peers.h"

namespace pyrite::exchange {

std::unique_ptr<FlightNode> StartFlightNode(const NodeOptions& options,
                                            std::shared_ptr<OutputStore> store,
                                            ActionHandler handler);
std::shared_ptr<Peers> MakeFlightPeers(Security security, std::string own_address,
                                       std::shared_ptr<OutputStore> store,
                                       std::shared_ptr<const NodeExchange> exchange);

struct Transport {
  decltype(&StartFlightNode) start_node;
  decltype(&MakeFlightPeers) make_peers;
};

// The library's file, found on the run path, and its one symbol: a function that gives its
// Transport.
inline constexpr char kTransportLibrary[] = "_pyrite_flight.so";
inline constexpr char kTransportSymbol[] = "pyrite_transport";

}  // namespace pyrite::exchange
