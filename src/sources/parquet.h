// The Parquet source.
#pragma once

#include "sources/source.h"

namespace pyrite::sources {

// The option of a resolved scan whose timestamps with nanoseconds are read as numbers.
inline constexpr char kNanosAsLong[] = "nanosAsLong";

plan::RelationPtr ResolveParquet(const ReadRequest& request, const Configuration& configuration);

}  // namespace pyrite::sources
