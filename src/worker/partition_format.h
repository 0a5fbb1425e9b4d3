// DuckDB's rows as Arrow batches of one partition each, cut in the worker threads.
#pragma once

#include "duckdb.hpp"
#include "duckdb/common/arrow/arrow_wrapper.hpp"
#include "duckdb/main/result_format.hpp"
#include "stages/stage_graph.h"

namespace pyrite::worker {

struct PartitionBatch {
  int partition = 0;
  duckdb::ArrowArrayWrapper array;
};

// The payload of duckdb::QueryResultStream<PartitionFormat>. Only for streams: nothing is retained.
class PartitionFormat : public duckdb::ResultFormat {
 public:
  using T = PartitionBatch;
  using GlobalState = duckdb::ResultFormatGlobalState;
  static constexpr const char* NAME = "pyrite_partition";

  PartitionFormat(duckdb::ClientContext& context, stages::Partitioning output)
      : context_(context), output_(std::move(output)) {}

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
  duckdb::ClientContext& context_;
  const stages::Partitioning output_;
};

}  // namespace pyrite::worker
