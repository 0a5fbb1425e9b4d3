#include "exchange/held_output.h"

#include <arrow/record_batch.h>

#include <system_error>
#include <utility>

#include "base/errors.h"
#include "exchange/file_output.h"

namespace pyrite::exchange {

HeldOutput::HeldOutput(TaskId id, std::shared_ptr<arrow::Schema> schema, int partitions,
                       std::filesystem::path path, std::shared_ptr<Ledger> ledger)
    : id_(std::move(id)),
      schema_(std::move(schema)),
      path_(std::move(path)),
      ledger_(std::move(ledger)),
      batches_(partitions),
      batch_bytes_(partitions) {
  size_.rows.resize(partitions);
  size_.bytes.resize(partitions);
}

HeldOutput::~HeldOutput() { Drop(); }

void HeldOutput::AddMemory(int64_t bytes) {
  memory_bytes_ += bytes;
  ledger_->memory_bytes += bytes;
}

void HeldOutput::SetFileBytes(int64_t bytes) {
  ledger_->file_bytes += bytes - size_.file_bytes;
  size_.file_bytes = bytes;
}

void HeldOutput::CheckThere() const {
  if (dropped_) throw SparkError("TASK_OUTPUT_MISSING.PYRITE", {{"output", ToString(id_)}});
}

void HeldOutput::Append(int partition, std::shared_ptr<arrow::RecordBatch> batch, int64_t bytes) {
  std::lock_guard lock(mutex_);
  CheckThere();
  if (finished_ != nullptr) throw errors::Internal(ToString(id_) + " is finished.");
  size_.rows.at(partition) += batch->num_rows();
  size_.bytes.at(partition) += bytes;
  batches_.at(partition).push_back(std::move(batch));
  batch_bytes_.at(partition) += bytes;
  AddMemory(bytes);
}

// A partition leaves the memory when all of it is written: one that fails can be written again.
void HeldOutput::SpillMade() {
  if (writer_ == nullptr) {
    writer_ = std::make_unique<OutputFileWriter>(schema_, partitions(), path_);
  }
  for (int i = 0; i < partitions(); ++i) {
    if (batches_[i].empty()) continue;
    writer_->Write(i, batches_[i]);
    batches_[i].clear();
    AddMemory(-std::exchange(batch_bytes_[i], 0));
    SetFileBytes(writer_->file_bytes());
  }
}

// Readers keep the batches that they read.
void HeldOutput::SpillFinished(const MemoryOutput& output) {
  OutputFileWriter writer(schema_, partitions(), path_);
  for (int i = 0; i < partitions(); ++i) writer.Write(i, output.partitions()[i]);
  FinishFile(&writer);
  AddMemory(-memory_bytes_);
}

void HeldOutput::FinishFile(OutputFileWriter* writer) {
  writer->Finish();
  auto file = std::make_shared<FileOutput>(id_, path_);
  SetFileBytes(file->file_bytes());
  finished_ = std::move(file);
}

OutputSize HeldOutput::Finish() {
  std::lock_guard lock(mutex_);
  CheckThere();
  if (finished_ != nullptr) throw errors::Internal(ToString(id_) + " is finished twice.");
  if (writer_ != nullptr) {
    SpillMade();
    FinishFile(writer_.get());
    writer_.reset();
  } else {
    finished_ = std::make_shared<MemoryOutput>(schema_, std::move(batches_), memory_bytes_);
    batches_.clear();
  }
  return size_;
}

void HeldOutput::Spill() {
  std::lock_guard lock(mutex_);
  if (dropped_ || memory_bytes_ == 0) return;
  if (finished_ == nullptr) return SpillMade();
  SpillFinished(dynamic_cast<const MemoryOutput&>(*finished_));
}

void HeldOutput::Drop() {
  std::lock_guard lock(mutex_);
  if (std::exchange(dropped_, true)) return;
  batches_.clear();
  writer_.reset();
  finished_.reset();
  AddMemory(-memory_bytes_);
  std::error_code ignored;
  if (size_.file_bytes > 0) std::filesystem::remove(path_, ignored);
  SetFileBytes(0);
}

std::shared_ptr<const FinishedOutput> HeldOutput::finished() const {
  std::lock_guard lock(mutex_);
  if (finished_ != nullptr) return finished_;
  throw SparkError("TASK_OUTPUT_MISSING.PYRITE", {{"output", ToString(id_)}});
}

}  // namespace pyrite::exchange
