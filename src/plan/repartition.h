// What a program has said of the partitions of some rows.
#pragma once

#include "plan/relation.h"

namespace pyrite::plan {

// The coalesce() or repartition() that the rows come from as they are, or are some of; null: none.
const Repartition* RepartitionOf(const Relation& rows);

}  // namespace pyrite::plan
