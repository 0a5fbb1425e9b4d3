// DuckDB's rows as Arrow batches of Spark's types, and back.
#pragma once

#include <memory>

#include "base/types.h"
#include "duckdb.hpp"
#include "duckdb/common/arrow/arrow_appender.hpp"
#include "duckdb/function/table/arrow.hpp"

namespace arrow {
class RecordBatch;
class Schema;
}  // namespace arrow

namespace pyrite::lower {

// What an ArrowAppender made of columns of Spark's types, under Spark's schema for them.
std::shared_ptr<arrow::RecordBatch> ImportBatch(ArrowArray& array,
                                                const std::shared_ptr<arrow::Schema>& schema);

class RowEncoder {
 public:
  RowEncoder(duckdb::ClientContext& context, const Schema& schema, const std::string& time_zone);

  const std::shared_ptr<arrow::Schema>& schema() const { return schema_; }
  int64_t rows() const { return rows_; }
  void Append(duckdb::DataChunk& chunk, duckdb::idx_t from, duckdb::idx_t to);
  // The rows since the last batch.
  std::shared_ptr<arrow::RecordBatch> Finish();

 private:
  duckdb::ClientProperties properties_;
  duckdb::vector<duckdb::LogicalType> types_;
  std::shared_ptr<arrow::Schema> schema_;
  duckdb::unique_ptr<duckdb::ArrowAppender> appender_;
  int64_t rows_ = 0;
};

class RowDecoder {
 public:
  RowDecoder(duckdb::ClientContext& context, const Schema& schema);

  // Types that differ from the schema's are ARROW_TYPE_MISMATCH.
  void Load(const arrow::RecordBatch& batch);
  duckdb::idx_t rows_left() const { return static_cast<duckdb::idx_t>(rows_left_); }
  // The next rows into the chunk's columns from `first` on.
  void Read(duckdb::DataChunk& chunk, duckdb::idx_t first, duckdb::idx_t rows);

 private:
  duckdb::ClientContext& context_;
  const Schema schema_;
  duckdb::ArrowTableSchema arrow_schema_;
  duckdb::unique_ptr<duckdb::ArrowScanLocalState> state_;  // null without columns
  int64_t rows_left_ = 0;
};

}  // namespace pyrite::lower
