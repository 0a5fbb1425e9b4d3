// Expected values are real Spark's.
#include "base/text/text_to_number.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/text/decimal_text.h"
#include "base/text/text_to_interval.h"

namespace pyrite {
namespace {

TEST(TextToLong, Forms) {
  EXPECT_EQ(TextToLong(" +5\t", false), 5);
  EXPECT_EQ(TextToLong("-9223372036854775808", false), INT64_MIN);
  EXPECT_EQ(TextToLong("9223372036854775808", false), std::nullopt);
  EXPECT_EQ(TextToLong("1.9", false), std::nullopt);
  EXPECT_EQ(TextToLong("1.9", true), 1);
  EXPECT_EQ(TextToLong(".", true), 0);
  for (std::string_view bad : {"", " ", "+", "1e3", "1L", "0x10", "--1", "1 2", "1.5abc"}) {
    EXPECT_EQ(TextToLong(bad, true), std::nullopt) << bad;
  }
}

TEST(TextToDouble, Forms) {
  EXPECT_EQ(TextToDouble("1.5D"), 1.5);
  EXPECT_EQ(TextToDouble("0x1p3"), 8.0);
  EXPECT_EQ(TextToDouble("1e400"), INFINITY);
  EXPECT_EQ(TextToDouble("1e-400"), 0.0);
  EXPECT_EQ(TextToDouble("-infinity"), -INFINITY);
  EXPECT_TRUE(std::isnan(*TextToDouble(" NaN ")));
  for (std::string_view bad : {"", ".", "1e", "+-1", "NaNd", "1_000"}) {
    EXPECT_EQ(TextToDouble(bad), std::nullopt) << bad;
  }
}

TEST(TextToDecimal, RoundsAndFits) {
  Int128 value = 0;
  EXPECT_EQ(TextToDecimal("1.995", 4, 2, &value), DecimalOutcome::kOk);
  EXPECT_TRUE(value == 200);
  EXPECT_EQ(TextToDecimal("1e-400", 10, 2, &value), DecimalOutcome::kOk);
  EXPECT_TRUE(value == 0);
  EXPECT_EQ(TextToDecimal("123.456", 4, 2, &value), DecimalOutcome::kOutOfRange);
  EXPECT_EQ(TextToDecimal("1e50", 38, 0, &value), DecimalOutcome::kUnsupported);
  EXPECT_EQ(TextToDecimal("1d", 10, 2, &value), DecimalOutcome::kMalformed);
  EXPECT_EQ(PlainNumberText("1e3"), "1000");
  EXPECT_EQ(PlainNumberText(123.456), "123.456");
}

TEST(TextToInterval, Forms) {
  int64_t value = 0;
  EXPECT_EQ(TextToInterval("INTERVAL -'1-2' YEAR TO MONTH", DataType::YearMonthInterval(), &value),
            IntervalOutcome::kOk);
  EXPECT_EQ(value, -14);
  EXPECT_EQ(TextToInterval("1-12", DataType::YearMonthInterval(), &value),
            IntervalOutcome::kOutOfRange);
  EXPECT_EQ(TextToInterval("1", DataType::YearMonthInterval(), &value),
            IntervalOutcome::kMalformed);
  EXPECT_EQ(TextToInterval("-1 2:3:4.123456789", DataType::DayTimeInterval(), &value),
            IntervalOutcome::kOk);
  EXPECT_EQ(value, -93784123456);
}

}  // namespace
}  // namespace pyrite
