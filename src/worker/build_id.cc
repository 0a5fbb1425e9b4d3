#include "duckdb/main/database.hpp"
#include "worker/task.h"

namespace pyrite::worker {

std::string BuildId() {
  return std::string(PYRITE_VERSION) + "+duckdb" + duckdb::DuckDB::LibraryVersion() + "-" +
         duckdb::DuckDB::SourceID();
}

}  // namespace pyrite::worker
