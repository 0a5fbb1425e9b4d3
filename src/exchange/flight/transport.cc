#include "exchange/flight/transport.h"

extern "C" __attribute__((visibility("default"))) const pyrite::exchange::Transport*
pyrite_transport() {
  static constexpr pyrite::exchange::Transport kTransport{pyrite::exchange::StartFlightNode,
                                                          pyrite::exchange::MakeFlightPeers};
  return &kTransport;
}
