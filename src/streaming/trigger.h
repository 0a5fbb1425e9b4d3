// When a query looks for the next batch.
#pragma once

#include <cstdint>
#include <string>

namespace pyrite::streaming {

struct Trigger {
  enum class Kind : uint8_t {
    kInterval,
    kOnce,         // one batch of all that is there
    kAvailableNow  // all that is there, in the batches that the sources make of it
  } kind = Kind::kInterval;
  int64_t interval_millis = 0;  // 0: as soon as rows have come
};

// "10 seconds". Raises INVALID_INTERVAL_FORMAT.*, and what Spark raises for months and negative
// ones.
Trigger IntervalTrigger(const std::string& text);

// The multiple of the interval that comes after `now_millis`.
int64_t NextTick(const Trigger& trigger, int64_t now_millis);

}  // namespace pyrite::streaming
