// A Python task in one thread: chunks of DuckDB in, chunks out, a worker process between them.
#pragma once

#include <atomic>

#include "lower/arrow_rows.h"
#include "lower/python/kept_rows.h"
#include "lower/python/rows_out.h"
#include "udf/conversation.h"

namespace pyrite::lower {

class TaskRun {
 public:
  // `processes`: those that have had rows, of all threads.
  TaskRun(duckdb::ClientContext& context, udf::WorkerPool& pool, const PythonTask& task,
          std::atomic<int32_t>& processes);

  // Whether `output` got rows; then it is to be called with the same input again. Otherwise the
  // input is on its way.
  bool Push(duckdb::DataChunk& input, duckdb::DataChunk& output);
  // The same after the last input.
  bool Finish(duckdb::DataChunk& output);

 private:
  void Begin();
  // Rows that have come.
  bool TakeRows(duckdb::DataChunk& output);
  // The next batch that has rows.
  bool Load();
  void Step();

  duckdb::ClientContext& context_;
  udf::WorkerPool& pool_;
  const PythonTask& task_;
  std::atomic<int32_t>& processes_;
  const bool value_for_each_;  // of the rows that are kept
  const bool batch_for_each_;
  std::unique_ptr<udf::Conversation> talk_;  // from the first row on
  std::unique_ptr<RowsOut> rows_out_;
  RowDecoder decoder_;
  KeptRows kept_;
  bool input_taken_ = false;
  bool end_sent_ = false;
  bool has_finished_ = false;
};

}  // namespace pyrite::lower
