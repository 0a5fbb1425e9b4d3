// DuckDB connections kept for the next query: making one costs more than a small query runs.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "duckdb.hpp"
#include "engine/engine.h"

namespace pyrite::engine {

// Thread-safe. The pool must outlive what it lends.
class ConnectionPool {
 public:
  explicit ConnectionPool(duckdb::DuckDB& database) : database_(database) {}

  // Gives the connection back when it goes.
  struct Return {
    ConnectionPool* pool = nullptr;
    void operator()(duckdb::Connection* connection) const { pool->GiveBack(connection); }
  };
  using Lease = std::unique_ptr<duckdb::Connection, Return>;

  // A connection with the settings of the query that is to run on it.
  Lease Take(const QueryOptions& options);

 private:
  void GiveBack(duckdb::Connection* connection);

  duckdb::DuckDB& database_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<duckdb::Connection>> idle_;
};

// "+01:00" and the like as names that DuckDB's time zone library knows: "GMT+01:00".
std::string EngineTimeZone(const std::string& spark_time_zone);

}  // namespace pyrite::engine
