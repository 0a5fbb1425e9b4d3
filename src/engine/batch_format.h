// DuckDB's rows as Arrow batches of bounded rows and bytes, made in the worker threads.
#pragma once

#include "duckdb.hpp"
#include "duckdb/common/arrow/arrow_wrapper.hpp"
#include "duckdb/main/result_format.hpp"

namespace pyrite::engine {

// The payload of duckdb::QueryResultStream<BatchFormat>. Only for streams: nothing is retained.
class BatchFormat : public duckdb::ResultFormat {
 public:
  using T = duckdb::ArrowArrayWrapper;
  using GlobalState = duckdb::ResultFormatGlobalState;
  static constexpr const char* NAME = "pyrite_batch";

  BatchFormat(int64_t max_rows, int64_t max_bytes) : max_rows_(max_rows), max_bytes_(max_bytes) {}

  const char* Name() const override { return NAME; }
  duckdb::unique_ptr<duckdb::ResultFormatGlobalState> InitGlobal(
      const duckdb::ResultFormatContext& context) override;
  duckdb::unique_ptr<duckdb::ResultFormatLocalState> InitLocal(
      duckdb::ResultFormatGlobalState& global) override;
  void AppendToUnit(duckdb::ResultFormatGlobalState& global, duckdb::ResultFormatLocalState& local,
                    duckdb::DataChunk& chunk) override;
  bool IsUnitFinished(duckdb::ResultFormatLocalState& local) override;
  duckdb::unique_ptr<duckdb::ResultUnit> FinishUnit(duckdb::ResultFormatGlobalState& global,
                                                    duckdb::ResultFormatLocalState& local) override;
  duckdb::unique_ptr<duckdb::RetainedResultCollection> CreateCollection(
      duckdb::ClientContext& context, duckdb::ResultFormatGlobalState& global,
      const duckdb::ResultFormatContext& format_context) override;

  static duckdb::unique_ptr<T> UnpackUnit(duckdb::unique_ptr<duckdb::ResultUnit> unit);

 private:
  const int64_t max_rows_;
  const int64_t max_bytes_;
};

}  // namespace pyrite::engine
