// Functions of Python hide from the engine which columns are needed: of their rows only those pass
// that somebody above reads, and calls whose value nobody reads are not made. As Spark's
// ColumnPruning; plans without such functions stay as they are, the engine prunes those.
#pragma once

#include "plan/relation.h"

namespace pyrite::passes {

plan::RelationPtr PythonColumns(plan::RelationPtr plan);

}  // namespace pyrite::passes
