// Rows into files, by the DuckDB of this process.
#include <arrow/type.h>

#include <atomic>
#include <mutex>

#include "base/errors.h"
#include "duckdb/main/query_result.hpp"
#include "engine/database.h"
#include "engine/duckdb_errors.h"
#include "engine/write_files.h"
#include "engine/write_statement.h"
#include "sources/disk.h"

namespace pyrite::engine {
namespace {

class EmbeddedFilesRun : public FilesRun {
 public:
  EmbeddedFilesRun(ConnectionPool& pool, WriteRequest request, const std::string& folder,
                   const QueryOptions& options);

  std::shared_ptr<arrow::Schema> schema() const override;
  std::shared_ptr<arrow::RecordBatch> Next() override;
  void Interrupt() override;
  QueryProgress Progress() const override;
  QueryMetrics Metrics() const override { return {written_.rows, 0}; }
  std::vector<WrittenFiles> written() const override { return {written_}; }

 private:
  void Copy();
  void RaiseIfInterrupted() const;

  const WriteRequest request_;
  const QueryOptions options_;
  WrittenFiles written_;
  std::atomic<bool> interrupted_ = false;
  // Guards the connection's life against Interrupt and Progress from other threads.
  mutable std::mutex mutex_;
  ConnectionPool::Lease connection_;
};

EmbeddedFilesRun::EmbeddedFilesRun(ConnectionPool& pool, WriteRequest request,
                                   const std::string& folder, const QueryOptions& options)
    : request_(std::move(request)),
      options_(options),
      written_{folder + "/here", {}},
      connection_(pool.Take(options)) {}

std::shared_ptr<arrow::Schema> EmbeddedFilesRun::schema() const {
  return arrow::schema(arrow::FieldVector());
}

std::shared_ptr<arrow::RecordBatch> EmbeddedFilesRun::Next() {
  sources::Disk().MakeFolders(written_.folder);
  Copy();
  written_.files = FilesBelow(written_.folder);
  return nullptr;
}

void EmbeddedFilesRun::Copy() {
  RaiseIfInterrupted();
  auto result = connection_->Submit(MakeCopy(request_, written_.folder, options_.time_zone),
                                    duckdb::QueryParameters());
  if (interrupted_) connection_->Interrupt();  // DuckDB forgets one that comes before the query
  result->Complete();
  RaiseIfInterrupted();
  if (result->HasError()) throw FromDuckDB(result->GetErrorObject());
  written_.rows = result->Fetch()->GetValue(0, 0).GetValue<int64_t>();
  std::lock_guard lock(mutex_);
  connection_.reset();
}

void EmbeddedFilesRun::RaiseIfInterrupted() const {
  if (interrupted_) throw SparkError("OPERATION_CANCELED", {});
}

void EmbeddedFilesRun::Interrupt() {
  interrupted_ = true;
  std::lock_guard lock(mutex_);
  if (connection_ != nullptr) connection_->Interrupt();
}

QueryProgress EmbeddedFilesRun::Progress() const {
  std::lock_guard lock(mutex_);
  if (connection_ == nullptr) return {};
  double percent = connection_->GetQueryProgress();
  return {percent < 0 ? 0.0 : percent / 100, 0};
}

}  // namespace

std::unique_ptr<FilesRun> MakeFilesRun(Database& database, WriteRequest request,
                                       const std::string& folder, const QueryOptions& options) {
  return std::make_unique<EmbeddedFilesRun>(database.connections(), std::move(request), folder,
                                            options);
}

}  // namespace pyrite::engine
