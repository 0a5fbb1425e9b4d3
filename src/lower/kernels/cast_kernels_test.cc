// Expected values are real Spark's.
#include "lower/kernels/cast_kernels.h"

#include <gtest/gtest.h>

#include "duckdb.hpp"
#include "duckdb/common/error_data.hpp"
#include "lower/kernels/error.h"
#include "lower/kernels/kernels.h"

namespace pyrite::lower {
namespace {

class CastKernels : public ::testing::Test {
 protected:
  CastKernels() : database_(nullptr), connection_(database_) {
    RegisterKernels(*database_.instance);
  }

  // The value's text, or the condition and the value that it names.
  std::string Cast(const std::string& value, const std::string& from, const std::string& to,
                   const std::string& mode = "ansi", const std::string& zone = "UTC") {
    auto result = connection_.Query("SELECT spark_cast(" + value + ", '" + from + "', '" + to +
                                    "', '" + mode + "', '" + zone + "')::VARCHAR");
    if (!result->HasError()) {
      for (auto& row : *result) return row.GetValue<duckdb::Value>(0).ToString();
    }
    const auto error = SparkErrorOf(result->GetErrorObject());
    if (!error) return result->GetError();
    const auto& parameters = error->parameters();
    const auto named = parameters.find(parameters.contains("value") ? "value" : "expression");
    return error->condition() + (named == parameters.end() ? "" : " " + named->second);
  }

  duckdb::DuckDB database_;
  duckdb::Connection connection_;
};

TEST_F(CastKernels, Modes) {
  EXPECT_EQ(Cast("'1.5'", "STRING", "INT"), "CAST_INVALID_INPUT '1.5'");
  EXPECT_EQ(Cast("'1.5'", "STRING", "INT", "try"), "NULL");
  EXPECT_EQ(Cast("'1.5'", "STRING", "INT", "legacy"), "1");
  EXPECT_EQ(Cast("1e10::DOUBLE", "DOUBLE", "TINYINT"), "CAST_OVERFLOW 1.0E10D");
  EXPECT_EQ(Cast("1e10::DOUBLE", "DOUBLE", "TINYINT", "legacy"), "-1");
  EXPECT_EQ(Cast("3000000000::BIGINT", "BIGINT", "INT", "legacy"), "-1294967296");
  EXPECT_EQ(Cast("300::SMALLINT", "SMALLINT", "TINYINT"), "CAST_OVERFLOW 300S");
}

TEST_F(CastKernels, Decimals) {
  EXPECT_EQ(Cast("-12.345::DECIMAL(5,3)", "DECIMAL(5,3)", "DECIMAL(4,2)"), "-12.35");
  EXPECT_EQ(Cast("99.995::DECIMAL(5,3)", "DECIMAL(5,3)", "DECIMAL(4,2)"),
            "NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION 99.995");
  EXPECT_EQ(Cast("1.005::DOUBLE", "DOUBLE", "DECIMAL(4,2)"), "1.01");
  EXPECT_EQ(Cast("'1e50'", "STRING", "DECIMAL(38,0)"), "NUMERIC_OUT_OF_SUPPORTED_RANGE 1e50");
}

TEST_F(CastKernels, Nested) {
  EXPECT_EQ(Cast("[1, NULL]", "ARRAY<INT>", "STRING"), "[1, null]");
  EXPECT_EQ(Cast("map {'a': 1}", "MAP<STRING, INT>", "STRING"), "{a -> 1}");
  EXPECT_EQ(Cast("{'a': 1, 'b': 'x'}", "STRUCT<a: INT, b: STRING>", "STRING"), "{1, x}");
  EXPECT_EQ(Cast("['a', '1']", "ARRAY<STRING>", "ARRAY<INT>", "try"), "[NULL, 1]");
}

TEST_F(CastKernels, Zones) {
  EXPECT_EQ(Cast("1604219400::BIGINT", "BIGINT", "TIMESTAMP"), "2020-11-01 08:30:00+00");
  EXPECT_EQ(Cast("make_timestamptz(1604219400000000)", "TIMESTAMP", "STRING", "ansi",
                 "America/Los_Angeles"),
            "2020-11-01 01:30:00");
}

}  // namespace
}  // namespace pyrite::lower
