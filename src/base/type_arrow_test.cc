#include "base/type_arrow.h"

#include <arrow/type.h>
#include <gtest/gtest.h>

#include "base/error.h"

namespace pyrite {
namespace {

std::vector<DataType> AllTypes() {
  std::vector<DataType> types = {DataType::Null(),
                                 DataType::Boolean(),
                                 DataType::Byte(),
                                 DataType::Short(),
                                 DataType::Integer(),
                                 DataType::Long(),
                                 DataType::Float(),
                                 DataType::Double(),
                                 DataType::Decimal(10, 2),
                                 DataType::Decimal(38, 18),
                                 DataType::String(),
                                 DataType::Binary(),
                                 DataType::Date(),
                                 DataType::Time(),
                                 DataType::Timestamp(),
                                 DataType::TimestampNtz(),
                                 DataType::YearMonthInterval(),
                                 DataType::DayTimeInterval(),
                                 DataType::CalendarInterval(),
                                 DataType::Variant()};
  types.push_back(DataType::Array(DataType::Integer(), false));
  types.push_back(DataType::Map(DataType::String(), DataType::Long(), true));
  types.push_back(DataType::Struct(
      {{"a", DataType::Integer(), false, ""},
       {"b", DataType::Array(DataType::Map(DataType::Integer(), DataType::Date())), true, ""}}));
  return types;
}

TEST(TypeArrow, RoundTripsEveryType) {
  for (const DataType& type : AllTypes()) {
    EXPECT_EQ(FromArrow(*ToArrow(type, "Europe/Berlin")), type) << type.ToSql();
  }
}

TEST(TypeArrow, TimestampsCarryTheSessionZone) {
  EXPECT_TRUE(ToArrow(DataType::Timestamp(), "Europe/Berlin")
                  ->Equals(arrow::timestamp(arrow::TimeUnit::MICRO, "Europe/Berlin")));
  EXPECT_TRUE(ToArrow(DataType::TimestampNtz(), "Europe/Berlin")
                  ->Equals(arrow::timestamp(arrow::TimeUnit::MICRO)));
}

TEST(TypeArrow, FieldsKeepNamesAndNullability) {
  auto schema =
      ToArrow({{"a", DataType::Integer(), false, ""}, {"b", DataType::String(), true, ""}}, "UTC");
  EXPECT_EQ(schema->field(0)->name(), "a");
  EXPECT_FALSE(schema->field(0)->nullable());
  EXPECT_TRUE(schema->field(1)->nullable());
}

TEST(TypeArrow, RefusesWhatSparkDoesNotKnow) {
  EXPECT_THROW(FromArrow(*arrow::uint64()), SparkError);
}

}  // namespace
}  // namespace pyrite
