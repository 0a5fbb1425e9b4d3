// df.write on the embedded engine: the query's rows into files, atomically.
#pragma once

#include <atomic>
#include <mutex>

#include "duckdb/parser/statement/copy_statement.hpp"
#include "engine/connection_pool.h"
#include "engine/engine.h"

namespace pyrite::engine {

class WriteRun : public QueryRun {
 public:
  WriteRun(ConnectionPool& pool, WriteRequest request, const QueryOptions& options)
      : pool_(pool), request_(std::move(request)), options_(options) {}

  std::shared_ptr<arrow::Schema> schema() const override;
  std::shared_ptr<arrow::RecordBatch> Next() override;
  void Interrupt() override;
  QueryProgress Progress() const override;
  QueryMetrics Metrics() const override { return {}; }

 private:
  void RaiseIfInterrupted() const;
  void Copy(duckdb::unique_ptr<duckdb::CopyStatement> statement);

  ConnectionPool& pool_;
  WriteRequest request_;
  QueryOptions options_;
  std::atomic<bool> interrupted_ = false;
  // Guards the connection's life against Interrupt and Progress from other threads.
  mutable std::mutex mutex_;
  ConnectionPool::Lease connection_;
};

}  // namespace pyrite::engine
