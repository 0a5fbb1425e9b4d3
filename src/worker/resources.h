// What this node's engine may use, and uses.
#pragma once

#include <cstdint>

namespace pyrite::engine {
class Database;
}

namespace pyrite::worker {

int64_t MemoryLimit(engine::Database& database);
// Bytes that joins, sorts and aggregates have on disk now.
int64_t SpilledBytes(engine::Database& database);

}  // namespace pyrite::worker
