// A scan that was made some time ago, of the files that are there now.
#pragma once

#include "base/configuration.h"
#include "plan/relation.h"

namespace pyrite::sources {

// `scan` is a FileScan: the same columns, read from today's files. Raises PATH_NOT_FOUND.
plan::RelationPtr Relist(const plan::RelationPtr& scan, const Configuration& configuration);

}  // namespace pyrite::sources
