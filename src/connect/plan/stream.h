// What streams are in the unresolved plan (spec/stream.h).
#pragma once

#include "connect/plan/convert_internal.h"

namespace pyrite::connect {

// spark.readStream
RelationNode ToStream(const proto::Read& message);
RelationNode ToWatermark(const proto::WithWatermark& message);

}  // namespace pyrite::connect
