// The CSV format.
#pragma once

#include "sources/source.h"

namespace pyrite::sources {

plan::RelationPtr ResolveCsv(const ReadRequest& request, const Configuration& configuration);

}  // namespace pyrite::sources
