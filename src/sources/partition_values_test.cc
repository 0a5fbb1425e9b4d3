#include "sources/partition_values.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "sources/local_time.h"

namespace pyrite::sources {
namespace {

std::string Infer(const std::string& raw) { return InferPartitionType(raw, {}).ToDdl(); }

TEST(PartitionValues, Infer) {
  EXPECT_EQ(Infer("-2147483648"), "int");
  EXPECT_EQ(Infer("2147483648"), "bigint");
  EXPECT_EQ(Infer("+-1"), "string");
  EXPECT_EQ(Infer("9223372036854775808"), "decimal(19,0)");
  EXPECT_EQ(Infer("1E2"), "decimal(3,0)");
  EXPECT_EQ(Infer("1.5"), "double");
  EXPECT_EQ(Infer("."), "string");
  EXPECT_EQ(Infer("1e"), "string");
  EXPECT_EQ(Infer("nan"), "string");
  EXPECT_EQ(Infer("-Infinity"), "double");
  EXPECT_EQ(Infer("0x1"), "string");
  EXPECT_EQ(Infer("2024-02-29"), "date");
  EXPECT_EQ(Infer("2023-02-29"), "string");
  EXPECT_EQ(Infer("2024-01-01 00%3A00%3A00.5"), "timestamp");
  EXPECT_EQ(Infer(kNullPartition), "void");
}

TEST(PartitionValues, CommonType) {
  const DataType integer = DataType::Integer(), text = DataType::String();
  EXPECT_EQ(CommonPartitionType({integer, DataType::Decimal(20, 0)}), DataType::Decimal(20, 0));
  EXPECT_EQ(CommonPartitionType({DataType::Null(), integer}), integer);
  EXPECT_EQ(CommonPartitionType({DataType::Double(), DataType::Long()}), text);
  EXPECT_EQ(CommonPartitionType({DataType::Date(), DataType::Timestamp()}), DataType::Timestamp());
  EXPECT_EQ(CommonPartitionType({DataType::Date(), integer}), text);
}

TEST(PartitionValues, Parse) {
  EXPECT_EQ(ParsePartitionValue("200", "p", DataType::Byte(), "UTC"), Value(int64_t{-56}));
  EXPECT_EQ(ParsePartitionValue(kNullPartition, "p", DataType::String(), "UTC"), Value());
  EXPECT_EQ(ParsePartitionValue("a%2Fb", "p", DataType::String(), "UTC"),
            Value(std::string("a/b")));
  EXPECT_THROW(ParsePartitionValue("x", "p", DataType::Integer(), "UTC"), SparkError);
  EXPECT_THROW(ParsePartitionValue(std::string(40, '1'), "p", DataType::Decimal(38, 0), "UTC"),
               SparkError);
}

TEST(LocalTime, ToInstant) {
  const auto local = [](const char* text) { return *ParseLocalDateTime(text, ' ', 6); };
  const auto difference = [&](const char* text, const char* zone) {
    return (local(text) - ToInstant(local(text), zone)) / 1'000'000;
  };
  EXPECT_EQ(difference("2024-01-01 00:00:00", "UTC"), 0);
  EXPECT_EQ(difference("2024-01-01 00:00:00", "+05:30"), 19800);
  EXPECT_EQ(difference("2024-07-01 00:00:00.25", "Europe/Paris"), 7200);
  EXPECT_EQ(difference("2024-03-31 02:30:00", "Europe/Paris"), 3600);  // skipped
  EXPECT_EQ(difference("2024-10-27 02:30:00", "Europe/Paris"), 7200);  // there twice
  EXPECT_THROW(ToInstant(0, "Mars/Olympus"), SparkError);
}

}  // namespace
}  // namespace pyrite::sources
