// How nodes know each other: TLS, and a token that each call bears.
#pragma once

#include <arrow/flight/client.h>
#include <arrow/flight/server.h>

#include <string>

#include "exchange/node.h"

namespace pyrite::exchange {

// Raises SERVER_NEEDS_TOKEN.PYRITE when anybody on other machines could call, SERVER_FILE.PYRITE
// when a PEM file cannot be read.
arrow::flight::FlightServerOptions ServerOptionsOf(const NodeOptions& options);

arrow::flight::FlightClientOptions ClientOptionsOf(const Security& security);

// With the headers that each call must have.
arrow::flight::FlightCallOptions CallOptionsOf(const Security& security);

// `address`: "host:port".
arrow::flight::Location LocationOf(const std::string& address, const Security& security);

}  // namespace pyrite::exchange
