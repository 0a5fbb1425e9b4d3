// df.nearestByJoin as a lateral join.
#pragma once

#include "connect/plan/convert_internal.h"

namespace pyrite::connect {

RelationNode ToNode(const proto::NearestByJoin& message);

}  // namespace pyrite::connect
