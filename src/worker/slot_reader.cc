#include "worker/slot_reader.h"

#include <arrow/api.h>

#include "exchange/status.h"

namespace pyrite::worker {
namespace {

class SlotReader : public arrow::RecordBatchReader {
 public:
  SlotReader(std::shared_ptr<arrow::RecordBatchReader> reader, std::shared_ptr<SlotErrors> errors)
      : reader_(std::move(reader)), errors_(std::move(errors)) {}

  std::shared_ptr<arrow::Schema> schema() const override { return reader_->schema(); }

  arrow::Status ReadNext(std::shared_ptr<arrow::RecordBatch>* batch) override {
    arrow::Status status = reader_->ReadNext(batch);
    if (!status.ok()) Keep(status);
    return status;
  }

 private:
  void Keep(const arrow::Status& status) {
    try {
      exchange::Check(status);
    } catch (const SparkError& error) {
      errors_->Add(error);
    }
  }

  const std::shared_ptr<arrow::RecordBatchReader> reader_;
  const std::shared_ptr<SlotErrors> errors_;
};

}  // namespace

void SlotErrors::Add(const SparkError& error) {
  std::lock_guard lock(mutex_);
  if (!first_) first_ = error;
}

std::optional<SparkError> SlotErrors::first() const {
  std::lock_guard lock(mutex_);
  return first_;
}

stages::OpenSlot OpenSlots(std::shared_ptr<exchange::Peers> peers, std::vector<Slot> slots,
                           std::shared_ptr<SlotErrors> errors) {
  return [peers = std::move(peers), slots = std::move(slots), errors = std::move(errors)](
             int slot, const std::shared_ptr<arrow::Schema>& schema) {
    const Slot& from = slots.at(slot);
    try {
      return std::make_shared<SlotReader>(peers->Read(schema, from.outputs, from.partitions),
                                          errors);
    } catch (const SparkError& error) {
      errors->Add(error);
      throw;
    }
  };
}

}  // namespace pyrite::worker
