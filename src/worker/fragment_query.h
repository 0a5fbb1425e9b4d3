// A fragment as a query on one of this node's connections.
#pragma once

#include "engine/connection_pool.h"
#include "stages/exchange_read.h"

namespace pyrite::worker {

// The plan made ready: its leaves connected, and what the optimizer does with the statistics and
// filters of a whole plan done again within this part of it.
duckdb::unique_ptr<duckdb::SQLStatement> MakeFragmentStatement(
    duckdb::Connection& connection, duckdb::unique_ptr<duckdb::LogicalOperator> plan,
    const stages::OpenSlot& open);

}  // namespace pyrite::worker
