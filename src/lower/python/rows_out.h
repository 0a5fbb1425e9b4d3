// The rows of a task on their way to its worker: batches of one Arrow stream, or of a stream for
// each group.
#pragma once

#include <memory>
#include <optional>

#include "lower/arrow_rows.h"
#include "lower/python/task.h"
#include "udf/batch_stream.h"

namespace pyrite::lower {

// Some columns of the chunks that come, sent as a stream.
class StreamOut {
 public:
  StreamOut(duckdb::ClientContext& context, const PythonTask& task, size_t first, size_t count);
  // `nested`: of these columns those, from one on, that go as a column of structs.
  struct Range {
    size_t first = 0;
    size_t count = 0;
  };
  StreamOut(duckdb::ClientContext& context, const PythonTask& task, size_t first, size_t count,
            std::optional<Range> nested);

  // The bytes that are to be sent go to the end of `out`.
  void Append(duckdb::DataChunk& chunk, duckdb::idx_t from, duckdb::idx_t to, std::string& out);
  // The end of the stream; a new one begins with the next row. `empty_batch`: a stream without rows
  // still has a batch.
  void End(bool empty_batch, std::string& out);

 private:
  void Flush(std::string& out);

  const int64_t batch_rows_;
  const std::optional<Range> nested_;
  const size_t first_;
  const size_t count_;
  RowEncoder encoder_;
  std::shared_ptr<arrow::Schema> sent_schema_;
  std::optional<udf::BatchStream> stream_;
  bool any_batch_ = false;
};

class RowsOut {
 public:
  virtual ~RowsOut() = default;
  virtual void Append(duckdb::DataChunk& chunk, std::string& out) = 0;
  virtual void End(std::string& out) = 0;

  // By the task's mode. Keys of groups that begin are handed to `on_group`, a row each.
  static std::unique_ptr<RowsOut> Make(
      duckdb::ClientContext& context, const PythonTask& task,
      std::function<void(duckdb::DataChunk&, duckdb::idx_t row)> on_group);
};

}  // namespace pyrite::lower
