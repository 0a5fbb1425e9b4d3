// df.write on the embedded engine: the query's rows into files, atomically.
#pragma once

#include "engine/connection_pool.h"
#include "engine/engine.h"

namespace pyrite::engine {

void RunWrite(ConnectionPool& pool, const WriteRequest& request, const QueryOptions& options);

}  // namespace pyrite::engine
