// Where in the user's program a failed query raised its error.
#pragma once

#include "base/error.h"
#include "plan/relation.h"

namespace pyrite::engine {

// `error` with the query context of the one expression of `plan` that can have raised it; unchanged
// when several places can. Nothing is paid for it while queries succeed.
SparkError AtPlace(const SparkError& error, const plan::Relation& plan);

}  // namespace pyrite::engine
