// df.write: has a query's rows made into files, and commits them atomically.
#pragma once

#include <functional>
#include <mutex>

#include "engine/engine.h"
#include "engine/write_files.h"

namespace pyrite::engine {

// Makes the run that has the request's rows written to files below `folder`.
using FilesRunMaker = std::function<std::unique_ptr<FilesRun>(const WriteRequest& request,
                                                              const std::string& folder)>;

class WriteRun : public QueryRun {
 public:
  WriteRun(WriteRequest request, FilesRunMaker make_files)
      : request_(std::move(request)), make_files_(std::move(make_files)) {}

  std::shared_ptr<arrow::Schema> schema() const override;
  std::shared_ptr<arrow::RecordBatch> Next() override;
  void Interrupt() override;
  QueryProgress Progress() const override;
  QueryMetrics Metrics() const override;

 private:
  std::vector<WrittenFiles> MakeFiles(const WriteRequest& request, const std::string& folder);
  void RaiseIfInterrupted() const;

  const WriteRequest request_;
  const FilesRunMaker make_files_;
  mutable std::mutex mutex_;  // guards the rest against other threads
  bool is_interrupted_ = false;
  std::unique_ptr<FilesRun> files_;
  QueryMetrics metrics_;
};

}  // namespace pyrite::engine
