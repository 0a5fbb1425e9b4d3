// Which row each row is, however they are read.
#pragma once

#include <optional>

#include "plan/relation.h"

namespace pyrite::passes {

struct Keyed {
  plan::RelationPtr plan;  // the relation, with more columns
  plan::Column key;        // one of them, a BIGINT that tells the rows apart
};

// The key is the row's place in its file (FileScan::has_places). Of rows that stand in Parquet
// files of more than 4 MiB (spark.sql.files.openCostInBytes: Spark may read them in several
// partitions), all of them or some, perhaps computed from. nullopt: of others.
std::optional<Keyed> WithPlaces(const plan::RelationPtr& relation);

// Those, and rows that are joined, grouped or united from them: the key is a hash of what they are
// made of. What only sorts rows for draws is left out.
std::optional<Keyed> WithKeys(const plan::RelationPtr& relation);

}  // namespace pyrite::passes
