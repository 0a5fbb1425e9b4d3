#include "lower/python/rows_out.h"

#include <arrow/api.h>

#include "base/errors.h"
#include "lower/python/groups_out.h"

namespace pyrite::lower {
namespace {

Schema Slice(const Schema& schema, size_t first, size_t count) {
  auto begin = schema.begin() + static_cast<ptrdiff_t>(first);
  return {begin, begin + static_cast<ptrdiff_t>(count)};
}

// `parts` with those of the range replaced by `whole`.
template <typename T>
std::vector<T> Nested(const std::vector<T>& parts, const StreamOut::Range& range, T whole) {
  auto begin = parts.begin() + static_cast<ptrdiff_t>(range.first);
  std::vector<T> out(parts.begin(), begin);
  out.push_back(std::move(whole));
  out.insert(out.end(), begin + static_cast<ptrdiff_t>(range.count), parts.end());
  return out;
}

arrow::FieldVector FieldsOf(const arrow::Schema& schema, const StreamOut::Range& range) {
  auto begin = schema.fields().begin() + static_cast<ptrdiff_t>(range.first);
  return {begin, begin + static_cast<ptrdiff_t>(range.count)};
}

std::shared_ptr<arrow::RecordBatch> WithStruct(const arrow::RecordBatch& batch,
                                               const StreamOut::Range& range,
                                               const std::shared_ptr<arrow::Schema>& schema) {
  arrow::ArrayVector columns = batch.columns();
  auto begin = columns.begin() + static_cast<ptrdiff_t>(range.first);
  arrow::ArrayVector parts(begin, begin + static_cast<ptrdiff_t>(range.count));
  std::shared_ptr<arrow::Array> rows = std::make_shared<arrow::StructArray>(
      arrow::struct_(FieldsOf(*batch.schema(), range)), batch.num_rows(), std::move(parts));
  return arrow::RecordBatch::Make(schema, batch.num_rows(), Nested(columns, range, rows));
}

class OneStream : public RowsOut {
 public:
  OneStream(duckdb::ClientContext& context, const PythonTask& task, size_t first)
      : stream_(context, task, first, task.input.size() - first) {}
  explicit OneStream(StreamOut stream) : stream_(std::move(stream)) {}
  void Append(duckdb::DataChunk& chunk, std::string& out) override {
    stream_.Append(chunk, 0, chunk.size(), out);
  }
  void End(std::string& out) override { stream_.End(false, out); }

 private:
  StreamOut stream_;
};

}  // namespace

StreamOut::StreamOut(duckdb::ClientContext& context, const PythonTask& task, size_t first,
                     size_t count)
    : StreamOut(context, task, first, count,
                task.as_struct ? std::optional<Range>(Range{0, count}) : std::nullopt) {}

StreamOut::StreamOut(duckdb::ClientContext& context, const PythonTask& task, size_t first,
                     size_t count, std::optional<Range> nested)
    : batch_rows_(task.batch_rows > 0 ? task.batch_rows : INT64_MAX),
      nested_(nested),
      first_(first),
      count_(count),
      encoder_(context, Slice(task.input, first, count), task.time_zone),
      sent_schema_(encoder_.schema()) {
  if (nested_) {
    auto whole = arrow::field("struct", arrow::struct_(FieldsOf(*sent_schema_, *nested_)), false);
    sent_schema_ = arrow::schema(Nested(sent_schema_->fields(), *nested_, whole));
  }
}

void StreamOut::Append(duckdb::DataChunk& chunk, duckdb::idx_t from, duckdb::idx_t to,
                       std::string& out) {
  duckdb::DataChunk columns;
  duckdb::vector<duckdb::LogicalType> types;
  for (size_t i = 0; i < count_; ++i) types.push_back(chunk.data[first_ + i].GetType());
  columns.InitializeEmpty(types);
  for (size_t i = 0; i < count_; ++i) columns.data[i].Reference(chunk.data[first_ + i]);
  columns.SetCardinalityUnsafe(chunk.size());
  while (from < to) {
    auto room = static_cast<duckdb::idx_t>(batch_rows_ - encoder_.rows());
    duckdb::idx_t end = std::min(to, from + room);
    encoder_.Append(columns, from, end);
    from = end;
    if (encoder_.rows() >= batch_rows_) Flush(out);
  }
}

void StreamOut::Flush(std::string& out) {
  if (!stream_) stream_.emplace(sent_schema_);
  auto batch = encoder_.Finish();
  stream_->Write(nested_ ? *WithStruct(*batch, *nested_, sent_schema_) : *batch);
  any_batch_ = true;
  out += stream_->Take();
}

void StreamOut::End(bool empty_batch, std::string& out) {
  if (encoder_.rows() > 0 || (empty_batch && !any_batch_)) Flush(out);
  if (!stream_) stream_.emplace(sent_schema_);
  stream_->Close();
  out += stream_->Take();
  stream_.reset();
  any_batch_ = false;
}

namespace {

// Those of a table function.
StreamOut Arguments(duckdb::ClientContext& context, const PythonTask& task) {
  std::optional<StreamOut::Range> table;
  if (task.table_first) table = {*task.table_first, task.table_width};
  return {context, task, task.kept, task.sent, table};
}

}  // namespace

std::unique_ptr<RowsOut> RowsOut::Make(
    duckdb::ClientContext& context, const PythonTask& task,
    std::function<void(duckdb::DataChunk&, duckdb::idx_t row)> on_group) {
  switch (task.mode) {
    case PythonTask::Mode::kMap: return std::make_unique<OneStream>(context, task, 0);
    case PythonTask::Mode::kExtend: return std::make_unique<OneStream>(context, task, task.kept);
    case PythonTask::Mode::kTable: return std::make_unique<OneStream>(Arguments(context, task));
    case PythonTask::Mode::kGroups:
    case PythonTask::Mode::kCogroups:
    case PythonTask::Mode::kAggregate:
      return std::make_unique<GroupsOut>(context, task, std::move(on_group));
  }
  throw errors::Internal("a Python task of an unknown mode");
}

}  // namespace pyrite::lower
