// The Parquet source.
#pragma once

#include "sources/source.h"

namespace pyrite::sources {

plan::RelationPtr ResolveParquet(const ReadRequest& request, const Configuration& configuration);

}  // namespace pyrite::sources
