// Slots whose rows come from other nodes. What goes wrong there passes through DuckDB, which keeps
// only its text: the error itself is kept beside.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "base/error.h"
#include "exchange/peers.h"
#include "stages/exchange_read.h"
#include "worker/task.h"

namespace pyrite::worker {

// Thread-safe.
class SlotErrors {
 public:
  void Add(const SparkError& error);
  // The first that came.
  std::optional<SparkError> first() const;

 private:
  mutable std::mutex mutex_;
  std::optional<SparkError> first_;
};

stages::OpenSlot OpenSlots(std::shared_ptr<exchange::Peers> peers, std::vector<Slot> slots,
                           std::shared_ptr<SlotErrors> errors);

}  // namespace pyrite::worker
