#include "exchange/held_output.h"

#include <arrow/record_batch.h>

#include <system_error>
#include <utility>

#include "base/errors.h"
#include "exchange/status.h"

namespace pyrite::exchange {

HeldOutput::HeldOutput(TaskId id, std::shared_ptr<arrow::Schema> schema, int partitions,
                       std::filesystem::path path, std::shared_ptr<Ledger> ledger)
    : id_(std::move(id)),
      schema_(std::move(schema)),
      partitions_(partitions),
      path_(std::move(path)),
      ledger_(std::move(ledger)),
      writer_(std::make_unique<OutputFileWriter>(id_, schema_, partitions)) {
  size_.rows.resize(partitions);
  size_.bytes.resize(partitions);
}

HeldOutput::HeldOutput(TaskId id, std::shared_ptr<const FileOutput> output,
                       std::filesystem::path path, std::shared_ptr<Ledger> ledger)
    : id_(std::move(id)),
      schema_(output->schema()),
      partitions_(output->partitions()),
      path_(std::move(path)),
      ledger_(std::move(ledger)),
      finished_(std::move(output)) {
  Account();
}

HeldOutput::~HeldOutput() { Drop(); }

void HeldOutput::SetAccount(int64_t memory_bytes, int64_t file_bytes) {
  ledger_->memory_bytes += memory_bytes - memory_bytes_;
  memory_bytes_ = memory_bytes;
  ledger_->file_bytes += file_bytes - std::exchange(size_.file_bytes, file_bytes);
}

void HeldOutput::Account() {
  if (writer_ != nullptr) return SetAccount(writer_->memory_bytes(), writer_->file_bytes());
  SetAccount(finished_->memory_bytes(), finished_->file_bytes());
}

void HeldOutput::CheckThere() const {
  if (dropped_) throw SparkError("TASK_OUTPUT_MISSING.PYRITE", {{"output", ToString(id_)}});
}

void HeldOutput::Append(int partition, std::shared_ptr<arrow::RecordBatch> batch, int64_t bytes) {
  std::lock_guard lock(mutex_);
  CheckThere();
  if (writer_ == nullptr) throw errors::Internal(ToString(id_) + " is finished.");
  size_.rows.at(partition) += batch->num_rows();
  size_.bytes.at(partition) += bytes;
  writer_->Write(partition, std::move(batch));
  Account();
}

OutputSize HeldOutput::Finish() {
  std::lock_guard lock(mutex_);
  CheckThere();
  if (writer_ == nullptr) throw errors::Internal(ToString(id_) + " is finished twice.");
  FinishFile(*writer_);
  return size_;
}

void HeldOutput::FinishFile(OutputFileWriter& writer) {
  finished_ = std::make_shared<const FileOutput>(id_, writer.Finish());
  writer_.reset();
  Account();
}

void HeldOutput::Spill() {
  std::lock_guard lock(mutex_);
  if (dropped_ || memory_bytes_ == 0) return;
  if (writer_ != nullptr) {
    SpillMade();
  } else {
    SpillFinished();
  }
}

// Until all is written the memory stays as it is: one that fails is not lost.
void HeldOutput::SpillMade() {
  if (writer_->is_in_memory()) {
    auto writer = std::make_unique<OutputFileWriter>(id_, schema_, partitions_, path_);
    writer->TakeFrom(*writer_);
    writer_ = std::move(writer);
  }
  writer_->WriteWaiting();
  Account();
}

void HeldOutput::SpillFinished() {
  OutputFileWriter writer(id_, schema_, partitions_, path_);
  for (int i = 0; i < partitions_; ++i) {
    auto reader = finished_->Open({i, i + 1});
    std::shared_ptr<arrow::RecordBatch> batch;
    for (Check(reader->ReadNext(&batch)); batch != nullptr; Check(reader->ReadNext(&batch))) {
      writer.Write(i, std::move(batch));
    }
  }
  FinishFile(writer);
}

void HeldOutput::Drop() {
  std::lock_guard lock(mutex_);
  if (std::exchange(dropped_, true)) return;
  std::error_code ignored;
  if (size_.file_bytes > 0) std::filesystem::remove(path_, ignored);
  writer_.reset();
  finished_.reset();
  SetAccount(0, 0);
}

std::shared_ptr<const FileOutput> HeldOutput::finished() const {
  std::lock_guard lock(mutex_);
  if (finished_ != nullptr) return finished_;
  throw SparkError("TASK_OUTPUT_MISSING.PYRITE", {{"output", ToString(id_)}});
}

}  // namespace pyrite::exchange
