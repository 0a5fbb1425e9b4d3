#include "streaming/trigger.h"

#include "base/errors.h"
#include "base/text/interval_text.h"

namespace pyrite::streaming {

constexpr int64_t kMillisPerDay = 86'400'000;

Trigger IntervalTrigger(const std::string& text) {
  CalendarInterval interval;
  try {
    interval = ReadCalendarInterval(text);
  } catch (const SparkError& error) {  // no fault of a SQL text here
    throw SparkError(error.condition(), error.sqlstate(),
                     "org.apache.spark.SparkIllegalArgumentException", error.message());
  }
  if (interval.months != 0) throw SparkError("_LEGACY_ERROR_TEMP_3262", {{"interval", text}});
  Trigger trigger;
  trigger.interval_millis = interval.days * kMillisPerDay + interval.microseconds / 1000;
  if (trigger.interval_millis < 0) {
    throw errors::IllegalArgument(
        "requirement failed: the interval of trigger should not be negative");
  }
  return trigger;
}

int64_t NextTick(const Trigger& trigger, int64_t now_millis) {
  if (trigger.interval_millis == 0) return now_millis;
  return now_millis / trigger.interval_millis * trigger.interval_millis + trigger.interval_millis;
}

}  // namespace pyrite::streaming
