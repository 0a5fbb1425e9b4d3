#include "engine/store.h"

#include <arrow/type.h>

#include "duckdb/main/query_result.hpp"
#include "engine/duckdb_errors.h"
#include "engine/error_place.h"
#include "lower/lower.h"
#include "lower/stored_rows.h"

namespace pyrite::engine {

EmbeddedStoreRun::EmbeddedStoreRun(ConnectionPool::Lease connection, plan::RelationPtr plan,
                                   duckdb::unique_ptr<duckdb::SQLStatement> statement)
    : plan_(std::move(plan)),
      connection_(std::move(connection)),
      statement_(std::move(statement)) {}

std::shared_ptr<arrow::Schema> EmbeddedStoreRun::schema() const {
  return arrow::schema(arrow::FieldVector());
}

std::shared_ptr<arrow::RecordBatch> EmbeddedStoreRun::Next() {
  if (statement_ == nullptr) return nullptr;
  RaiseIfInterrupted();
  try {
    auto result = connection_->Submit(
        std::move(statement_), duckdb::QueryParameters(duckdb::ChunkFormat::BufferManaged()));
    if (interrupted_) connection_->Interrupt();  // DuckDB forgets one that comes before the query
    result->Complete();
    if (result->HasError()) throw AtPlace(FromDuckDB(result->GetErrorObject()), *plan_);
    lower::CheckTypes(plan_->output, result->GetTypes());
    duckdb::shared_ptr<duckdb::ColumnDataCollection> rows = result->TakeCollection();
    rows_ = std::make_shared<lower::KeptRows>(std::move(rows));
  } catch (const SparkError&) {
    throw;
  } catch (const std::exception& error) {
    throw AtPlace(FromDuckDB(duckdb::ErrorData(error)), *plan_);
  }
  std::lock_guard lock(mutex_);
  connection_.reset();
  return nullptr;
}

void EmbeddedStoreRun::RaiseIfInterrupted() const {
  if (interrupted_) throw SparkError("OPERATION_CANCELED", {});
}

void EmbeddedStoreRun::Interrupt() {
  interrupted_ = true;
  std::lock_guard lock(mutex_);
  if (connection_ != nullptr) connection_->Interrupt();
}

QueryProgress EmbeddedStoreRun::Progress() const {
  std::lock_guard lock(mutex_);
  if (connection_ == nullptr) return {1.0, rows_ == nullptr ? 0 : rows_->rows()};
  double percent = connection_->GetQueryProgress();
  return {percent < 0 ? 0.0 : percent / 100, 0};
}

QueryMetrics EmbeddedStoreRun::Metrics() const { return {rows_ == nullptr ? 0 : rows_->rows(), 0}; }

}  // namespace pyrite::engine
