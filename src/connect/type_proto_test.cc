#include "connect/type_proto.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "sql/parser.h"

namespace pyrite::connect {
namespace {

DataType ThereAndBack(const DataType& type) {
  proto::DataType message;
  ToProto(type, &message);
  return FromProto(message);
}

TEST(TypeProto, EveryTypeComesBack) {
  for (const char* ddl : {"VOID",
                          "BOOLEAN",
                          "TINYINT",
                          "SMALLINT",
                          "INT",
                          "BIGINT",
                          "FLOAT",
                          "DOUBLE",
                          "DECIMAL(38,18)",
                          "STRING",
                          "CHAR(3)",
                          "VARCHAR(7)",
                          "BINARY",
                          "DATE",
                          "TIME(3)",
                          "TIMESTAMP",
                          "TIMESTAMP_NTZ",
                          "INTERVAL",
                          "INTERVAL YEAR",
                          "INTERVAL YEAR TO MONTH",
                          "INTERVAL MONTH",
                          "INTERVAL DAY",
                          "INTERVAL DAY TO HOUR",
                          "INTERVAL MINUTE TO SECOND",
                          "INTERVAL SECOND",
                          "VARIANT",
                          "ARRAY<ARRAY<INT>>",
                          "MAP<STRING, ARRAY<DATE>>",
                          "STRUCT<a: INT NOT NULL, `b c`: STRUCT<d: MAP<INT, STRING>>>"}) {
    DataType type = sql::ParseDataType(ddl);
    EXPECT_EQ(ThereAndBack(type), type) << ddl;
  }
}

TEST(TypeProto, NullabilityAndMetadata) {
  DataType type =
      DataType::Struct({{"a", DataType::Array(DataType::Integer(), false), false, R"({"k":1})"},
                        {"m", DataType::Map(DataType::String(), DataType::Long(), false), true, ""},
                        {"", DataType::Struct({}), true, ""}});
  EXPECT_EQ(ThereAndBack(type), type);
}

TEST(TypeProto, UserDefinedTypes) {
  DataType type =
      DataType::Udt(R"({"type":"udt","class":"a.B","pyClass":"c.\"D\"","serializedClass":"x=="})",
                    DataType::Array(DataType::Double(), false));
  EXPECT_EQ(ThereAndBack(type), type);
}

TEST(TypeProto, AbsentPartsAreTheDefaults) {
  proto::DataType message;
  message.mutable_decimal();
  EXPECT_EQ(FromProto(message), DataType::Decimal(10, 0));
  message.mutable_time();
  EXPECT_EQ(FromProto(message), DataType::Time(6));
  message.mutable_day_time_interval();
  EXPECT_EQ(FromProto(message), DataType::DayTimeInterval());
  message.mutable_day_time_interval()->set_start_field(1);
  EXPECT_EQ(FromProto(message), DataType::DayTimeInterval(1, 1));
  message.mutable_unparsed()->set_data_type_string("array<int>");
  EXPECT_EQ(FromProto(message), DataType::Array(DataType::Integer()));
}

TEST(TypeProto, WhatIsNotThereIsRefused) {
  proto::DataType message;
  EXPECT_THROW(FromProto(message), SparkError);
  message.mutable_string()->set_collation("UNICODE_CI");
  EXPECT_THROW(FromProto(message), SparkError);
  message.mutable_unparsed()->set_data_type_string("array<");
  EXPECT_THROW(FromProto(message), SparkError);
}

}  // namespace
}  // namespace pyrite::connect
