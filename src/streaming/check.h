// Which plans can run as streams, by Spark's UnsupportedOperationChecker.
#pragma once

#include "plan/relation.h"
#include "streaming/start_request.h"

namespace pyrite::streaming {

bool IsStreaming(const plan::RelationPtr& plan);

// Raises WRITE_STREAM_NOT_ALLOWED for a plan without streams, what Spark raises for operations that
// no stream can have, and UNSUPPORTED_FEATURE for those that need a state which is not kept here.
void CheckPlan(const plan::RelationPtr& plan, OutputMode mode);

}  // namespace pyrite::streaming
