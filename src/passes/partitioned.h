// Which partition each row of a relation is in.
#pragma once

#include <cstdint>

#include "plan/relation.h"

namespace pyrite::passes {

struct Partitioned {
  plan::RelationPtr plan;  // the relation, perhaps with more columns at its end
  plan::ExpressionPtr id;  // INT, over its columns; a constant when all rows are in one partition
  int64_t count = 0;       // of partitions; 0: nobody has said, so there is one
};

// Numbers of rows hold the partition, or the file (FileScan::has_places), above so many.
inline constexpr int64_t kRowsOfPartition = int64_t{1} << 33;

enum class Turns : uint8_t {
  // Rows go to partitions one after the other, and come by them: the same each time, for who shows
  // the ids.
  kInOrder,
  kAnyhow,  // each thread deals those that it has, as evenly
};

Partitioned WithPartitionId(const plan::RelationPtr& relation, Turns turns = Turns::kInOrder);

// Of the rows' columns `passing`, and after them the id, which thus becomes a column of its own.
Partitioned WithIdColumn(const plan::RelationPtr& rows, const plan::Columns& passing,
                         plan::ExpressionPtr id, int64_t count);

// The same rows, one after the other in their order, with a column that says which is which.
plan::RelationPtr InOrder(const plan::RelationPtr& rows);

// monotonically_increasing_id(), over the columns that it adds to the plan: the partition in the
// upper bits, in the lower 33 the row's place in it.
plan::ExpressionPtr AddRowId(Partitioned& rows);
// The partition in such a number, an INT.
plan::ExpressionPtr PartitionOfRowId(plan::ExpressionPtr row_id);

}  // namespace pyrite::passes
