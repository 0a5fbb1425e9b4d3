#include "engine/query_run.h"

#include <arrow/api.h>

#include "base/errors.h"
#include "base/type_arrow.h"
#include "engine/duckdb_errors.h"
#include "engine/error_place.h"
#include "lower/arrow_rows.h"
#include "lower/lower.h"

namespace pyrite::engine {

EmbeddedRun::EmbeddedRun(ConnectionPool::Lease connection, plan::RelationPtr plan,
                         duckdb::unique_ptr<duckdb::SQLStatement> statement,
                         const QueryOptions& options)
    : plan_(std::move(plan)),
      options_(options),
      schema_(ToArrow(plan::SchemaOf(*plan_), options.time_zone)),
      connection_(std::move(connection)),
      statement_(std::move(statement)) {}

EmbeddedRun::~EmbeddedRun() { Finish(); }

void EmbeddedRun::Throw(const duckdb::ErrorData& error) const {
  throw AtPlace(FromDuckDB(error), *plan_);
}

void EmbeddedRun::RaiseIfInterrupted() const {
  if (interrupted_) throw SparkError("OPERATION_CANCELED", {});
}

void EmbeddedRun::Start() {
  auto format = duckdb::make_shared_ptr<BatchFormat>(options_.batch_rows, options_.batch_bytes);
  auto result = connection_->Submit(std::move(statement_), duckdb::QueryParameters(format));
  if (result->HasError()) Throw(result->GetErrorObject());
  stream_ = std::make_unique<duckdb::QueryResultStream<BatchFormat>>(std::move(result));
  RaiseIfInterrupted();  // DuckDB forgets an interrupt that comes before the query
  lower::CheckTypes(plan_->output, stream_->GetTypes());
}

void EmbeddedRun::Finish() {
  std::lock_guard lock(mutex_);
  if (connection_ == nullptr) return;
  statement_.reset();
  // Closing waits for the tasks that run, and one task may take hours.
  if (stream_ != nullptr && stream_->IsOpen()) connection_->Interrupt();
  stream_.reset();
  if (options_.profile) report_ = connection_->GetProfilingInformation();
  connection_.reset();
  finished_nanos_ = (std::chrono::steady_clock::now() - started_).count();
}

std::shared_ptr<arrow::RecordBatch> EmbeddedRun::Next() {
  duckdb::unique_ptr<duckdb::ArrowArrayWrapper> array;
  try {
    RaiseIfInterrupted();
    if (statement_ != nullptr) Start();
    if (stream_ == nullptr) return nullptr;
    array = stream_->Fetch();
    if (stream_->HasError()) Throw(stream_->GetErrorObject());
  } catch (const SparkError&) {
    Finish();
    throw;
  } catch (const std::exception& error) {
    Finish();
    Throw(duckdb::ErrorData(error));
  }
  if (array == nullptr) {
    Finish();
    return nullptr;
  }
  ArrowArray moved;
  array->MoveTo(moved);
  rows_ += moved.length;
  return lower::ImportBatch(moved, schema_);
}

void EmbeddedRun::Interrupt() {
  interrupted_ = true;
  std::lock_guard lock(mutex_);
  if (connection_ != nullptr) connection_->Interrupt();
}

QueryProgress EmbeddedRun::Progress() const {
  std::lock_guard lock(mutex_);
  if (connection_ == nullptr) return {1.0, rows_};
  double percent = connection_->GetQueryProgress();
  return {percent < 0 ? 0.0 : percent / 100, rows_};
}

std::string EmbeddedRun::Report() const {
  std::lock_guard lock(mutex_);
  return report_;
}

QueryMetrics EmbeddedRun::Metrics() const {
  int64_t nanos = finished_nanos_;
  if (nanos < 0) nanos = (std::chrono::steady_clock::now() - started_).count();
  return {rows_, static_cast<double>(nanos) * 1e-9};
}

}  // namespace pyrite::engine
