// Plans that a client sent compressed: clients do so above
// spark.connect.session.planCompression.threshold.
#pragma once

#include "connect/proto.h"

namespace pyrite::connect {

// The plan, and each plan that an analysis holds, as if it had come plain. Raises
// CONNECT_INVALID_PLAN conditions.
void Decompress(proto::Plan* plan);
void Decompress(proto::AnalyzePlanRequest* request);

}  // namespace pyrite::connect
