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

// The shares' rows, one share after the other, each opened when its turn comes.
class ShareReader : public arrow::RecordBatchReader {
 public:
  ShareReader(std::shared_ptr<exchange::Peers> peers, std::shared_ptr<arrow::Schema> schema,
              std::vector<Share> shares)
      : peers_(std::move(peers)), schema_(std::move(schema)), shares_(std::move(shares)) {}

  std::shared_ptr<arrow::Schema> schema() const override { return schema_; }

  arrow::Status ReadNext(std::shared_ptr<arrow::RecordBatch>* batch) override {
    for (*batch = nullptr; *batch == nullptr; reader_.reset()) {
      if (reader_ == nullptr) {
        if (next_ == shares_.size()) return arrow::Status::OK();
        const Share& share = shares_[next_++];
        ARROW_RETURN_NOT_OK(exchange::Guarded(
            [&] { reader_ = peers_->Read(schema_, share.outputs, share.partitions); }));
      }
      ARROW_RETURN_NOT_OK(reader_->ReadNext(batch));
      if (*batch != nullptr) break;
    }
    return arrow::Status::OK();
  }

 private:
  const std::shared_ptr<exchange::Peers> peers_;
  const std::shared_ptr<arrow::Schema> schema_;
  const std::vector<Share> shares_;
  size_t next_ = 0;
  std::shared_ptr<arrow::RecordBatchReader> reader_;
};

std::shared_ptr<arrow::RecordBatchReader> ReadShares(const std::shared_ptr<exchange::Peers>& peers,
                                                     const std::shared_ptr<arrow::Schema>& schema,
                                                     const std::vector<Share>& shares) {
  if (shares.size() != 1) return std::make_shared<ShareReader>(peers, schema, shares);
  return peers->Read(schema, shares[0].outputs, shares[0].partitions);
}

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
    try {
      return std::make_shared<SlotReader>(ReadShares(peers, schema, slots.at(slot).shares), errors);
    } catch (const SparkError& error) {
      errors->Add(error);
      throw;
    }
  };
}

}  // namespace pyrite::worker
