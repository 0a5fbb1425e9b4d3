#include "worker/resources.h"

#include "duckdb/storage/buffer_manager.hpp"
#include "engine/database.h"

namespace pyrite::worker {
namespace {

duckdb::BufferManager& BuffersOf(engine::Database& database) {
  return duckdb::BufferManager::GetBufferManager(*database.duckdb().instance);
}

}  // namespace

int64_t MemoryLimit(engine::Database& database) {
  return static_cast<int64_t>(BuffersOf(database).GetMaxMemory());
}

int64_t SpilledBytes(engine::Database& database) {
  return static_cast<int64_t>(BuffersOf(database).GetUsedSwap());
}

}  // namespace pyrite::worker
