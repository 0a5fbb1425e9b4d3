#include "exchange/flight/flight_errors.h"

#include <arrow/flight/types.h>

#include "base/errors.h"

namespace pyrite::exchange {
namespace {

using arrow::flight::FlightStatusCode;
using arrow::flight::FlightStatusDetail;

// gRPC refuses headers that are larger than some thousand bytes, and errors travel in headers.
constexpr size_t kMessageLength = 1000;

// Flight's own words stand before the message, gRPC's context of debugging behind it.
std::string ReasonOf(const arrow::Status& status) {
  std::string reason = status.message();
  constexpr std::string_view kBefore = "with message: ";
  size_t start = reason.find(kBefore);
  if (start != std::string::npos) reason = reason.substr(start + kBefore.size());
  for (const char* behind : {". gRPC client debug context", ". Client context", ". Detail:"}) {
    reason = reason.substr(0, reason.find(behind));
  }
  return reason;
}

}  // namespace

SparkError WorkerLost(const std::string& address, const std::string& reason) {
  return SparkError("WORKER_LOST.PYRITE", {{"worker", address}, {"reason", reason}});
}

SparkError PeerError(const std::string& address, const arrow::Status& status) {
  auto detail = FlightStatusDetail::UnwrapStatus(status);
  if (detail == nullptr) {
    return errors::Internal("The worker " + address + " answered: " + status.ToString());
  }
  switch (detail->code()) {
    case FlightStatusCode::Unauthenticated:
    case FlightStatusCode::Unauthorized:
      return SparkError("WORKER_REFUSES.PYRITE", {{"worker", address}});
    default: return WorkerLost(address, ReasonOf(status));
  }
}

arrow::Status FlightStatus(const SparkError& error) {
  auto code = error.condition() == "TASK_OUTPUT_MISSING.PYRITE" ? arrow::StatusCode::KeyError
                                                                : arrow::StatusCode::UnknownError;
  return arrow::Status(code, error.message().substr(0, kMessageLength));
}

arrow::Status StoppingStatus() {
  return arrow::flight::MakeFlightError(FlightStatusCode::Unavailable, "the node stops");
}

}  // namespace pyrite::exchange
