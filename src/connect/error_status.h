// Errors as the protocol carries them: a status with google.rpc details, from which clients raise
// their own exception classes, and the long form that FetchErrorDetails answers with.
#pragma once

#include <grpcpp/support/status.h>

#include <string>

#include "base/error.h"
#include "connect/proto.h"

namespace pyrite::connect {

// `error_id` names the long form; empty when none is kept.
grpc::Status ToStatus(const SparkError& error, const std::string& error_id);
void ToProto(const SparkError& error, proto::FetchErrorDetailsResponse* response);
// The exception in flight (inside a catch block) as an error of ours.
SparkError CurrentError();

}  // namespace pyrite::connect
