#include "base/text/datetime_pattern.h"

#include <gtest/gtest.h>

namespace pyrite {
namespace {

constexpr int64_t kDay = 86'400'000'000;

TEST(DatetimePattern, ReadsDates) {
  EXPECT_EQ(ParseByPattern("1970-01-02", "yyyy-MM-dd"), kDay);
  EXPECT_EQ(ParseByPattern("02/01/1970", "dd/MM/yyyy"), kDay);
  EXPECT_EQ(ParseByPattern("19700102", "yyyyMMdd"), kDay);
  EXPECT_EQ(ParseByPattern("2 jan 1970", "d MMM yyyy"), kDay);
  EXPECT_EQ(ParseByPattern("1970002", "yyyyDDD"), kDay);
}

TEST(DatetimePattern, ReadsTimes) {
  EXPECT_EQ(ParseByPattern("1970-01-01 01:00 PM", "yyyy-MM-dd hh:mm a"), 13 * kDay / 24);
  EXPECT_EQ(ParseByPattern("1970-01-01 00:00:00.5", "yyyy-MM-dd HH:mm:ss.SSS"), 500'000);
  EXPECT_EQ(ParseByPattern("1970-01-02", "yyyy-MM-dd[ HH:mm]"), kDay);
  EXPECT_EQ(ParseByPattern("1970-01-02T00:00:00", "yyyy-MM-dd'T'HH:mm:ss"), kDay);
}

TEST(DatetimePattern, RefusesWhatDoesNotFollow) {
  EXPECT_FALSE(ParseByPattern("1970-1-2", "yyyy-MM-dd"));
  EXPECT_FALSE(ParseByPattern("1970-02-30", "yyyy-MM-dd"));
  EXPECT_FALSE(ParseByPattern("1970-01-02x", "yyyy-MM-dd"));
  EXPECT_FALSE(ParseByPattern("25:00", "HH:mm"));
}

}  // namespace
}  // namespace pyrite
