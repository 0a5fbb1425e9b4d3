// A query whose rows are kept in DuckDB's buffers (cache, checkpoint).
#pragma once

#include <atomic>
#include <mutex>

#include "engine/connection_pool.h"
#include "engine/engine.h"

namespace pyrite::engine {

class EmbeddedStoreRun : public StoreRun {
 public:
  EmbeddedStoreRun(ConnectionPool::Lease connection, plan::RelationPtr plan,
                   duckdb::unique_ptr<duckdb::SQLStatement> statement);

  std::shared_ptr<arrow::Schema> schema() const override;
  std::shared_ptr<arrow::RecordBatch> Next() override;
  void Interrupt() override;
  QueryProgress Progress() const override;
  QueryMetrics Metrics() const override;
  plan::StoredRows::KeptPtr rows() const override { return rows_; }

 private:
  void RaiseIfInterrupted() const;

  const plan::RelationPtr plan_;
  std::atomic<bool> interrupted_ = false;
  // Guards the connection's life against Interrupt and Progress from other threads.
  mutable std::mutex mutex_;
  ConnectionPool::Lease connection_;
  duckdb::unique_ptr<duckdb::SQLStatement> statement_;
  plan::StoredRows::KeptPtr rows_;
};

}  // namespace pyrite::engine
