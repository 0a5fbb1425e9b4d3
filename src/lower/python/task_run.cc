#include "lower/python/task_run.h"

#include <arrow/api.h>

#include "base/errors.h"

namespace pyrite::lower {
namespace {

using duckdb::idx_t;

std::shared_ptr<arrow::RecordBatch> FromStruct(const arrow::RecordBatch& batch) {
  const auto& rows = static_cast<const arrow::StructArray&>(*batch.column(0));
  auto columns = rows.Flatten();
  if (!columns.ok()) throw errors::Internal("Arrow: " + columns.status().ToString());
  return arrow::RecordBatch::Make(arrow::schema(rows.type()->fields()), batch.num_rows(),
                                  std::move(columns).ValueUnsafe());
}

}  // namespace

TaskRun::TaskRun(duckdb::ClientContext& context, udf::WorkerPool& pool, const PythonTask& task,
                 std::atomic<int32_t>& processes)
    : context_(context),
      pool_(pool),
      task_(task),
      processes_(processes),
      value_for_each_(task.mode == PythonTask::Mode::kExtend ||
                      task.mode == PythonTask::Mode::kAggregate),
      batch_for_each_(task.mode == PythonTask::Mode::kTable && task.kept > 0),
      decoder_(context, task.output),
      kept_(context, task.kept) {}

// The engine may end a run of rows and start the next; but groups would be torn.
void TaskRun::Begin() {
  if (has_finished_ && !task_.is_of_rows()) throw errors::Internal("groups came in two runs");
  udf::TaskNumbers numbers = task_.numbers;
  numbers.partition += processes_++ * task_.tasks;
  talk_ = std::make_unique<udf::Conversation>(
      pool_, task_.folder, udf::OfTask(task_.request, numbers, task_.folder), batch_for_each_);
  std::function<void(duckdb::DataChunk&, idx_t)> on_group;
  if (task_.mode == PythonTask::Mode::kAggregate) {
    on_group = [this](duckdb::DataChunk& chunk, idx_t row) { kept_.Add(chunk, row, row + 1); };
  }
  rows_out_ = RowsOut::Make(context_, task_, std::move(on_group));
}

bool TaskRun::Load() {
  while (decoder_.rows_left() == 0) {
    auto batch = talk_->TakeBatch();
    if (!batch) return false;
    decoder_.Load(task_.from_struct ? *FromStruct(*batch) : *batch);
    if (batch_for_each_) kept_.Advance();
  }
  return true;
}

bool TaskRun::TakeRows(duckdb::DataChunk& output) {
  if (!Load()) return false;
  idx_t rows = std::min<idx_t>(decoder_.rows_left(), STANDARD_VECTOR_SIZE);
  if (value_for_each_) {
    rows = kept_.Available(rows);
    kept_.Take(output, rows);
  } else if (batch_for_each_) {
    kept_.Repeat(output, rows);
  }
  size_t first = value_for_each_ || batch_for_each_ ? task_.kept : 0;
  decoder_.Read(output, first, rows);
  if (first + task_.output.size() == 0) {  // only a number of rows
    output.data[0].Reference(duckdb::Value(output.data[0].GetType()), duckdb::count_t(rows));
  }
  output.SetCardinalityUnsafe(rows);
  return true;
}

void TaskRun::Step() {
  if (context_.IsInterrupted()) throw duckdb::InterruptException();
  talk_->Step();
}

bool TaskRun::Push(duckdb::DataChunk& input, duckdb::DataChunk& output) {
  if (!talk_) Begin();
  if (!input_taken_ && !talk_->rows_ended()) {
    std::string bytes;
    if (task_.mode == PythonTask::Mode::kExtend || batch_for_each_) {
      kept_.Add(input, 0, input.size());
    }
    rows_out_->Append(input, bytes);
    talk_->Send(bytes);
    input_taken_ = true;
  }
  while (true) {
    if (TakeRows(output)) return true;
    if (talk_->all_sent() || talk_->rows_ended()) break;
    Step();
  }
  input_taken_ = false;
  return false;
}

bool TaskRun::Finish(duckdb::DataChunk& output) {
  if (!talk_) return false;
  if (!end_sent_) {
    std::string bytes;
    rows_out_->End(bytes);
    talk_->Send(bytes);
    talk_->End();
    end_sent_ = true;
  }
  while (true) {
    if (TakeRows(output)) return true;
    if (talk_->ended()) break;
    Step();
  }
  // More rows may come: they are another task's.
  talk_.reset();
  end_sent_ = false;
  has_finished_ = true;
  return false;
}

}  // namespace pyrite::lower
