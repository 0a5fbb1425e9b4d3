#include "streaming/trigger.h"

#include <gtest/gtest.h>

#include "base/error.h"

namespace pyrite::streaming {
namespace {

TEST(Trigger, ReadsIntervals) {
  EXPECT_EQ(IntervalTrigger("10 seconds").interval_millis, 10'000);
  EXPECT_EQ(IntervalTrigger("interval 1 day 1 minute").interval_millis, 86'460'000);
  EXPECT_THROW(IntervalTrigger("soon"), SparkError);
  EXPECT_THROW(IntervalTrigger("-1 second"), SparkError);
  EXPECT_THROW(IntervalTrigger("1 month"), SparkError);
}

TEST(Trigger, TicksAtMultiplesOfItsInterval) {
  EXPECT_EQ(NextTick({Trigger::Kind::kInterval, 1000}, 2001), 3000);
  EXPECT_EQ(NextTick({Trigger::Kind::kInterval, 1000}, 3000), 4000);
  EXPECT_EQ(NextTick({}, 2001), 2001);
}

}  // namespace
}  // namespace pyrite::streaming
