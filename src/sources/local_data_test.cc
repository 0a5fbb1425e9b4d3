#include "sources/local_data.h"

#include <arrow/api.h>
#include <arrow/io/memory.h>
#include <arrow/ipc/writer.h>
#include <arrow/json/from_string.h>
#include <arrow/util/compression.h>
#include <gtest/gtest.h>

#include "base/error.h"

namespace pyrite::sources {
namespace {

using Bytes = std::shared_ptr<const std::string>;

std::shared_ptr<arrow::Array> FromJson(const std::shared_ptr<arrow::DataType>& type,
                                       const std::string& json) {
  return arrow::json::ArrayFromJSONString(type, json).ValueOrDie();
}

Bytes Stream(const std::shared_ptr<arrow::Array>& column, bool compressed = false) {
  auto schema = arrow::schema({arrow::field("c", column->type())});
  auto batch = arrow::RecordBatch::Make(schema, column->length(), {column});
  auto sink = arrow::io::BufferOutputStream::Create().ValueOrDie();
  arrow::ipc::IpcWriteOptions options;
  if (compressed) {
    options.codec = arrow::util::Codec::Create(arrow::Compression::ZSTD).ValueOrDie();
  }
  auto writer = arrow::ipc::MakeStreamWriter(sink, schema, options).ValueOrDie();
  EXPECT_TRUE(writer->WriteRecordBatch(*batch).ok());
  EXPECT_TRUE(writer->Close().ok());
  return std::make_shared<const std::string>(sink->Finish().ValueOrDie()->ToString());
}

DataType Schema1(DataType type, bool nullable = true) {
  return DataType::Struct({{"n", std::move(type), nullable, ""}});
}

void ExpectColumn(const std::shared_ptr<arrow::Table>& table,
                  const std::shared_ptr<arrow::DataType>& type, const std::string& json) {
  ASSERT_EQ(table->column(0)->num_chunks(), 1);
  EXPECT_TRUE(table->ValidateFull().ok());
  EXPECT_EQ(table->column(0)->type()->ToString(), type->ToString());
  EXPECT_TRUE(table->column(0)->chunk(0)->Equals(FromJson(type, json)))
      << table->column(0)->ToString();
}

TEST(LocalData, PlainColumnsAreNotCopied) {
  Bytes bytes = Stream(FromJson(arrow::int64(), "[1, null, 3]"));
  auto table = DecodeLocalData(bytes, std::nullopt, "UTC");
  ExpectColumn(table, arrow::int64(), "[1, null, 3]");
  const char* values =
      reinterpret_cast<const char*>(table->column(0)->chunk(0)->data()->buffers[1]->data());
  EXPECT_GE(values, bytes->data());
  EXPECT_LT(values, bytes->data() + bytes->size());
}

TEST(LocalData, ForeignFormsBecomeSparks) {
  const std::string json = R"(["a", null, "bc"])";
  for (const auto& type : {arrow::large_utf8(), arrow::utf8_view()}) {
    ExpectColumn(DecodeLocalData(Stream(FromJson(type, json)), std::nullopt, "UTC"), arrow::utf8(),
                 json);
  }
  auto dictionary = FromJson(arrow::dictionary(arrow::int8(), arrow::utf8()), json);
  ExpectColumn(DecodeLocalData(Stream(dictionary), std::nullopt, "UTC"), arrow::utf8(), json);
  auto compressed = Stream(FromJson(arrow::utf8(), json), /*compressed=*/true);
  ExpectColumn(DecodeLocalData(compressed, std::nullopt, "UTC"), arrow::utf8(), json);
}

TEST(LocalData, NestedColumns) {
  auto item =
      arrow::struct_({arrow::field("x", arrow::int32()), arrow::field("s", arrow::large_utf8())});
  auto bytes = Stream(FromJson(arrow::large_list(item), R"([[{"x": 1, "s": "a"}], null, []])"));
  DataType element = DataType::Struct(
      {{"x", DataType::Integer(), false, ""}, {"t", DataType::String(), true, ""}});
  auto table = DecodeLocalData(bytes, Schema1(DataType::Array(element, false)), "UTC");
  auto want = arrow::list(arrow::field(
      "element",
      arrow::struct_({arrow::field("x", arrow::int32(), false), arrow::field("t", arrow::utf8())}),
      false));
  ExpectColumn(table, want, R"([[{"x": 1, "t": "a"}], null, []])");
}

TEST(LocalData, TimestampsTakeTheSessionsZone) {
  auto bytes = Stream(FromJson(arrow::timestamp(arrow::TimeUnit::MICRO, "Asia/Tokyo"), "[5]"));
  auto table = DecodeLocalData(bytes, Schema1(DataType::Timestamp()), "UTC");
  ExpectColumn(table, arrow::timestamp(arrow::TimeUnit::MICRO, "UTC"), "[5]");
}

TEST(LocalData, SchemaNarrowsOnlyWithoutLoss) {
  auto bytes = Stream(FromJson(arrow::int64(), "[300]"));
  ExpectColumn(DecodeLocalData(bytes, Schema1(DataType::Short()), "UTC"), arrow::int16(), "[300]");
  EXPECT_THROW(DecodeLocalData(bytes, Schema1(DataType::Byte()), "UTC"), SparkError);
}

TEST(LocalData, Malformed) {
  Bytes good = Stream(FromJson(arrow::utf8(), R"(["a", "b", null])"));
  const auto decode = [](std::string bytes) {
    return DecodeLocalData(std::make_shared<const std::string>(std::move(bytes)), std::nullopt,
                           "UTC");
  };
  EXPECT_THROW(decode(""), SparkError);
  EXPECT_THROW(decode("no stream"), SparkError);
  EXPECT_THROW(DecodeLocalData(good, Schema1(DataType::String(), false), "UTC"), SparkError);
  EXPECT_THROW(DecodeLocalData(good, DataType::Struct({}), "UTC"), SparkError);
  // Any byte may be wrong: an error or some table, never a crash.
  for (size_t i = 0; i < good->size(); ++i) {
    for (char bit : {1, 16, -128}) {
      std::string bytes = *good;
      bytes[i] = static_cast<char>(bytes[i] ^ bit);
      try {
        decode(bytes);
      } catch (const SparkError&) {
      }
    }
    try {
      decode(good->substr(0, i));
    } catch (const SparkError&) {
    }
  }
}

}  // namespace
}  // namespace pyrite::sources
