// The table function that runs Python functions over the rows of its table (task.h).
#pragma once

#include <functional>
#include <memory>

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

// What the leaf over a table runs, if it is that function; otherwise null.
const PythonTask* PythonTaskOf(const duckdb::LogicalGet& get);
// Those in a plan that is not running yet.
void ForEachPythonTask(duckdb::LogicalOperator& plan,
                       const std::function<void(PythonTask&)>& visit);

}  // namespace pyrite::lower
