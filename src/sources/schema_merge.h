// One schema for files that have different ones (Spark's StructType.merge).
#pragma once

#include "base/types.h"

namespace pyrite::sources {

// The columns of `left`, then those that only `right` has; structs, arrays and maps are merged
// inside. Raises CANNOT_MERGE_SCHEMAS.
Schema MergeSchemas(const Schema& left, const Schema& right, bool case_sensitive);

}  // namespace pyrite::sources
