// The adapter between Flight's failures and SparkErrors.
#pragma once

#include <arrow/status.h>

#include <string>

#include "base/error.h"

namespace pyrite::exchange {

// What the failure of a call to the peer at `address` means: WORKER_LOST.PYRITE when it cannot be
// reached or went away, WORKER_REFUSES.PYRITE when it does not know our token.
SparkError PeerError(const std::string& address, const arrow::Status& status);

SparkError WorkerLost(const std::string& address, const std::string& reason);

// For callers of plain Flight: the condition and the start of its message.
arrow::Status FlightStatus(const SparkError& error);

// What a node answers that ends.
arrow::Status StoppingStatus();

}  // namespace pyrite::exchange
