// Which files the rows of a write go to, when the program has said so, and in which order.
#pragma once

#include "plan/relation.h"

namespace pyrite::passes {

struct FilePartitions {
  // With an INT as their last column, when there are several files: rows with the same one belong
  // in one.
  plan::RelationPtr rows;
  int64_t count = 0;  // of those numbers; 0: nobody has said
};

// By repartition(n), coalesce(n), repartitionByRange(n, ...) and range(..., numPartitions), where
// the rows come from them as they are or are some of them. Rows that are sorted come one after the
// other, if several files are written at once: those, or the ones of `has_folders`.
FilePartitions FilePartitionsOf(const plan::RelationPtr& rows, bool has_folders);

}  // namespace pyrite::passes
