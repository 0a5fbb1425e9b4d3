// What the rows of a file have in common. Files whose partition values already fail a filter are
// not read.
#pragma once

#include "duckdb.hpp"
#include "duckdb/planner/expression.hpp"
#include "plan/relation.h"

namespace duckdb {
class LogicalGet;
}

namespace pyrite::lower {

// The value of a scan's column, behind its file columns, in all rows of `file`.
duckdb::Value FileConstant(const plan::Relation& scan, const plan::ScanFile& file, size_t column);

// The scan (a FileScan) with only those files of which `filters`, over the columns of `get`, may
// keep rows. The filters stay in force.
plan::RelationPtr PruneFiles(duckdb::ClientContext& context, const duckdb::LogicalGet& get,
                             const plan::RelationPtr& scan,
                             const duckdb::vector<duckdb::unique_ptr<duckdb::Expression>>& filters);

}  // namespace pyrite::lower
