// All relations of a plan, those of subqueries in its expressions too.
#pragma once

#include <functional>

#include "plan/relation.h"

namespace pyrite::session {

bool AnyRelation(const plan::RelationPtr& plan,
                 const std::function<bool(const plan::Relation&)>& test);

// The plan. Raises CALL_ON_STREAMING_DATASET_UNSUPPORTED when it reads a stream.
plan::RelationPtr NoStream(plan::RelationPtr plan, const char* method);

// Top-down: where `replace` gives a relation it stands for the part, otherwise the walk goes on
// below. Unchanged parts keep their pointers.
plan::RelationPtr ReplaceParts(
    const plan::RelationPtr& plan,
    const std::function<plan::RelationPtr(const plan::RelationPtr&)>& replace);

}  // namespace pyrite::session
