// spark_partition_id(), and random numbers that are drawn by partition: what the query says of
// partitions (range(..., n), repartition, coalesce) becomes a column, where something asks for it.
// Wherever it says nothing there is one partition, as Spark's adaptive execution makes of few rows.
// One seed gives one row one number, however often and by however many threads and workers the
// query is run: rows of large files draw by their keys (row_keys.h), others come in their order.
#pragma once

#include "plan/relation.h"

namespace pyrite::passes {

plan::RelationPtr PartitionIds(plan::RelationPtr plan);

}  // namespace pyrite::passes
