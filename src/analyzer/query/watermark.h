// withWatermark: how late rows of a stream may be.
#pragma once

#include "analyzer/analysis.h"

namespace pyrite::analyzer {

// `node` is a hint spec::kWatermark. Raises CANNOT_PARSE_INTERVAL and
// EVENT_TIME_IS_NOT_ON_TIMESTAMP_TYPE.
Resolved ResolveWatermark(const spec::Hint& node, Resolved input, Analysis& analysis);

}  // namespace pyrite::analyzer
