// Small results that the server makes itself: rows of strings as a plan.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plan/relation.h"

namespace pyrite::session {

using StringRow = std::vector<std::optional<std::string>>;

// A LocalData relation of STRING columns.
plan::RelationPtr MakeStringRows(const std::vector<std::string>& columns,
                                 const std::vector<StringRow>& rows, bool nullable);
// No columns, no rows: what most commands answer with.
plan::RelationPtr MakeNoRows();
// Exactly these columns, and no rows.
plan::RelationPtr NoRowsOf(const plan::Columns& columns);
// The table as a relation with the given columns (under ids of its own).
plan::RelationPtr MakeLocalData(std::shared_ptr<const arrow::Table> table,
                                const plan::Columns& like);

}  // namespace pyrite::session
