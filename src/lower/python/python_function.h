// The table function that runs Python functions over the rows of its table (task.h).
#pragma once

#include <memory>

namespace duckdb {
class ExtensionLoader;
class DatabaseInstance;
}  // namespace duckdb

namespace pyrite::udf {
class WorkerPool;
}

namespace pyrite::lower {

void RegisterPythonFunction(duckdb::DatabaseInstance& database,
                            std::shared_ptr<udf::WorkerPool> pool);

}  // namespace pyrite::lower
