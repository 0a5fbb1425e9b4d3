// The table function that runs Python functions over the rows of its table (task.h).
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "lower/python/task.h"

namespace duckdb {
class LogicalGet;
class LogicalOperator;
}  // namespace duckdb

namespace pyrite::udf {
class WorkerPool;
}

namespace pyrite::lower {

void RegisterPythonFunction(duckdb::DatabaseInstance& database,
                            std::shared_ptr<udf::WorkerPool> pool);

// Has the functions in the plan import from another folder: the one that `here` gives for theirs.
void MovePythonFolders(duckdb::LogicalOperator& plan,
                       const std::function<std::string(const std::string& folder)>& here);

// What the leaf over a table runs, if it is that function.
std::optional<PythonTask> PythonTaskOf(const duckdb::LogicalGet& get);

}  // namespace pyrite::lower
