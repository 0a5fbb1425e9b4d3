#include "engine/write.h"

#include <arrow/type.h>

#include "base/errors.h"
#include "engine/write_statement.h"
#include "passes/rewrite_plans.h"
#include "sources/commit.h"
#include "sources/write_checks.h"

namespace pyrite::engine {
namespace {

sources::WriteMode ModeOf(WriteRequest::Mode mode) {
  switch (mode) {
    case WriteRequest::Mode::kErrorIfExists: return sources::WriteMode::kErrorIfExists;
    case WriteRequest::Mode::kAppend: return sources::WriteMode::kAppend;
    case WriteRequest::Mode::kOverwrite: return sources::WriteMode::kOverwrite;
    case WriteRequest::Mode::kIgnore: return sources::WriteMode::kIgnore;
    case WriteRequest::Mode::kOverwritePartitions: return sources::WriteMode::kOverwritePartitions;
  }
  throw errors::Internal("a write of an unknown mode");
}

// One file that holds the schema.
WriteRequest WithoutRows(WriteRequest request) {
  request.input = plan::MakeLimit(passes::OnlyColumns(request.input, DataColumns(request)),
                                  plan::MakeConstant(Literal::Int(0)), /*offset=*/nullptr);
  request.files = 0;
  request.max_records_per_file = 0;
  return request;
}

}  // namespace

std::shared_ptr<arrow::Schema> WriteRun::schema() const {
  return arrow::schema(arrow::FieldVector());
}

std::shared_ptr<arrow::RecordBatch> WriteRun::Next() {
  sources::CheckWritableFormat(request_.format, request_.options);
  std::string suffix = FileSuffix(request_);
  sources::CheckWrite(request_.format, plan::SchemaOf(DataColumns(request_)),
                      request_.partition_columns, request_.case_sensitive);
  auto job = sources::WriteJob::Begin(request_.path, ModeOf(request_.mode));
  if (job == nullptr) return nullptr;
  auto written = MakeFiles(request_, job->tasks_path());
  if (ChoosesFiles(request_) && request_.partition_columns.empty() && RowsOf(written) == 0) {
    written = MakeFiles(WithoutRows(request_), job->tasks_path());
  }
  PlaceFiles(written, job->staging_path(), suffix);
  RaiseIfInterrupted();
  job->Commit();
  return nullptr;
}

std::vector<WrittenFiles> WriteRun::MakeFiles(const WriteRequest& request,
                                              const std::string& folder) {
  auto run = make_files_(request, folder);
  FilesRun* files = run.get();
  {
    std::lock_guard lock(mutex_);
    files_ = std::move(run);
  }
  RaiseIfInterrupted();
  files->Next();
  auto written = files->written();
  std::lock_guard lock(mutex_);
  metrics_ = files->Metrics();
  files_.reset();
  return written;
}

void WriteRun::RaiseIfInterrupted() const {
  std::lock_guard lock(mutex_);
  if (is_interrupted_) throw SparkError("OPERATION_CANCELED", {});
}

void WriteRun::Interrupt() {
  std::lock_guard lock(mutex_);
  is_interrupted_ = true;
  if (files_ != nullptr) files_->Interrupt();
}

QueryProgress WriteRun::Progress() const {
  std::lock_guard lock(mutex_);
  return files_ == nullptr ? QueryProgress() : files_->Progress();
}

QueryMetrics WriteRun::Metrics() const {
  std::lock_guard lock(mutex_);
  return metrics_;
}

}  // namespace pyrite::engine
