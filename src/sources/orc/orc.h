// The ORC format.
#pragma once

#include "sources/source.h"

namespace pyrite::sources {

plan::RelationPtr ResolveOrc(const ReadRequest& request, const Configuration& configuration);

// A codec of Spark's option `compression`: its suffix (".zstd"; empty for none). Raises
// CODEC_NOT_AVAILABLE.
std::string OrcSuffix(const std::string& codec);

}  // namespace pyrite::sources
