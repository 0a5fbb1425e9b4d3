// A query running on the embedded engine.
#pragma once

#include <atomic>
#include <chrono>
#include <mutex>

#include "duckdb/main/query_result_stream.hpp"
#include "engine/batch_format.h"
#include "engine/connection_pool.h"
#include "engine/engine.h"

namespace pyrite::engine {

class EmbeddedRun : public QueryRun {
 public:
  // Does nothing yet: the first Next() plans and starts the query, so that an Interrupt from then
  // on finds it.
  EmbeddedRun(ConnectionPool::Lease connection, plan::RelationPtr plan,
              duckdb::unique_ptr<duckdb::SQLStatement> statement, const QueryOptions& options);
  ~EmbeddedRun() override;

  std::shared_ptr<arrow::Schema> schema() const override { return schema_; }
  std::shared_ptr<arrow::RecordBatch> Next() override;
  void Interrupt() override;
  QueryProgress Progress() const override;
  QueryMetrics Metrics() const override;
  std::string Report() const override;

 private:
  void Start();
  // Ends the query, whatever it is doing, and frees what it held.
  void Finish();
  void RaiseIfInterrupted() const;
  [[noreturn]] void Throw(const duckdb::ErrorData& error) const;

  const plan::RelationPtr plan_;
  const QueryOptions options_;
  std::shared_ptr<arrow::Schema> schema_;
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
  std::atomic<int64_t> rows_ = 0;
  std::atomic<int64_t> finished_nanos_ = -1;
  std::atomic<bool> interrupted_ = false;
  // Guards the connection's life against Interrupt and Progress from other threads.
  mutable std::mutex mutex_;
  ConnectionPool::Lease connection_;
  duckdb::unique_ptr<duckdb::SQLStatement> statement_;  // until it is started
  std::unique_ptr<duckdb::QueryResultStream<BatchFormat>> stream_;
  std::string report_;  // once it is over
};

}  // namespace pyrite::engine
