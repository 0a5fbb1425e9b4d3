// The JSON format.
#pragma once

#include "sources/source.h"

namespace pyrite::sources {

plan::RelationPtr ResolveJson(const ReadRequest& request, const Configuration& configuration);

}  // namespace pyrite::sources
