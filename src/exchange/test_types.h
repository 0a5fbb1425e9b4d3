// Batches with columns of many types, for the tests of this folder.
#pragma once

#include <arrow/json/from_string.h>

#include <string>

#include "exchange/test_batches.h"

namespace pyrite::exchange {

inline std::shared_ptr<arrow::DataType> ManyTypes() {
  using arrow::field;
  return arrow::struct_({
      field("id", arrow::int64(), /*nullable=*/false),
      field("price", arrow::decimal128(38, 10)),
      field("name", arrow::utf8()),
      field("tags", arrow::list(arrow::utf8())),
      field("point", arrow::struct_({field("x", arrow::int32()), field("s", arrow::utf8())})),
      field("color", arrow::dictionary(arrow::int32(), arrow::utf8())),
      field("at", arrow::timestamp(arrow::TimeUnit::MICRO, "UTC")),
      field("yes", arrow::boolean()),
      field("lookup", arrow::map(arrow::utf8(), arrow::float64())),
      field("nothing", arrow::null()),
  });
}

// Rows [from, to), no two alike; in each third one all is NULL that may be.
inline std::shared_ptr<arrow::RecordBatch> ManyTypesRows(int from, int to) {
  std::string rows;
  for (int i = from; i < to; ++i) {
    std::string n = std::to_string(i);
    std::string values = R"(null, null, null, null, null, null, null, null, null)";
    if (i % 3 != 0) {
      values = "\"" + n + R"(.0000000001", "name )" + n + R"(", ["a", null, ")" + n + R"("], [)" +
               n + R"(, "s)" + n + R"("], "color )" + n + "\", " + n + R"(, true, [["k", )" + n +
               ".5]], null";
    }
    rows += (rows.empty() ? "[" : ", [") + n + ", " + values + "]";
  }
  auto array = Check(arrow::json::ArrayFromJSONString(ManyTypes(), "[" + rows + "]"));
  return Check(arrow::RecordBatch::FromStructArray(array));
}

inline std::shared_ptr<arrow::Schema> ManyTypesSchema() {
  return arrow::schema(ManyTypes()->fields());
}

}  // namespace pyrite::exchange
