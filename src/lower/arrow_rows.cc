#include "lower/arrow_rows.h"

#include <arrow/api.h>
#include <arrow/c/bridge.h>

#include "base/errors.h"
#include "base/type_arrow.h"
#include "lower/kernels/error.h"
#include "lower/local_data.h"
#include "lower/type.h"

namespace pyrite::lower {
namespace {

void CheckArrow(const arrow::Status& status) {
  if (!status.ok()) throw errors::Internal("Arrow: " + status.ToString());
}

// DuckDB carries VOID as integers and structs without fields as booleans; in Arrow the ones have no
// buffers, the others only that of NULLs.
void DropBuffers(ArrowArray& array, const arrow::DataType& type) {
  if (type.id() == arrow::Type::STRUCT && type.num_fields() == 0) {
    array.n_buffers = 1;
    return;
  }
  if (type.id() == arrow::Type::NA) {
    array.n_buffers = 0;
    array.null_count = array.length;
    return;
  }
  for (int i = 0; i < type.num_fields(); ++i) {
    DropBuffers(*array.children[i], *type.field(i)->type());
  }
}

// Raises ARROW_TYPE_MISMATCH.
void CheckTypes(const arrow::Schema& actual, const Schema& expected) {
  Schema types = FromArrow(actual);
  bool same = types.size() == expected.size();
  for (size_t i = 0; same && i < types.size(); ++i) {
    same = types[i].type.SameType(expected[i].type);
  }
  if (same) return;
  auto list = [](const Schema& schema) {
    std::string out;
    for (const StructField& field : schema) out += (out.empty() ? "" : ", ") + field.type.ToSql();
    return "List(" + out + ")";
  };
  ThrowSpark("ARROW_TYPE_MISMATCH", {{"operation", "pandas_udf()"},
                                     {"outputTypes", list(expected)},
                                     {"actualDataTypes", list(types)}});
}

}  // namespace

std::shared_ptr<arrow::RecordBatch> ImportBatch(ArrowArray& array,
                                                const std::shared_ptr<arrow::Schema>& schema) {
  if (schema->num_fields() == 0) {
    int64_t rows = array.length;
    array.release(&array);
    return arrow::RecordBatch::Make(schema, rows, arrow::ArrayVector());
  }
  for (int i = 0; i < schema->num_fields(); ++i) {
    DropBuffers(*array.children[i], *schema->field(i)->type());
  }
  // The buffers are those of Spark's types already: intervals are numbers in both.
  auto batch = arrow::ImportRecordBatch(&array, schema);
  CheckArrow(batch.status());
  return std::move(batch).ValueUnsafe();
}

RowEncoder::RowEncoder(duckdb::ClientContext& context, const Schema& schema,
                       const std::string& time_zone)
    : properties_(context.GetClientProperties()), schema_(ToArrow(schema, time_zone)) {
  for (const StructField& field : schema) types_.push_back(PhysicalType(field.type));
}

void RowEncoder::Append(duckdb::DataChunk& chunk, duckdb::idx_t from, duckdb::idx_t to) {
  rows_ += static_cast<int64_t>(to - from);
  if (types_.empty()) return;
  if (!appender_) {
    appender_ = duckdb::make_uniq<duckdb::ArrowAppender>(
        types_, STANDARD_VECTOR_SIZE, properties_,
        duckdb::unordered_map<duckdb::idx_t,
                              const duckdb::shared_ptr<duckdb::ArrowTypeExtensionData>>());
  }
  appender_->Append(chunk, from, to, chunk.size());
}

std::shared_ptr<arrow::RecordBatch> RowEncoder::Finish() {
  int64_t rows = std::exchange(rows_, 0);
  if (types_.empty()) return arrow::RecordBatch::Make(schema_, rows, arrow::ArrayVector());
  if (!appender_) {
    auto empty = arrow::RecordBatch::MakeEmpty(schema_);
    CheckArrow(empty.status());
    return std::move(empty).ValueUnsafe();
  }
  ArrowArray array = appender_->Finalize();
  appender_.reset();
  return ImportBatch(array, schema_);
}

RowDecoder::RowDecoder(duckdb::ClientContext& context, const Schema& schema)
    : context_(context), schema_(schema) {}

void RowDecoder::Load(const arrow::RecordBatch& batch) {
  CheckTypes(*batch.schema(), schema_);
  rows_left_ = batch.num_rows();
  if (schema_.empty()) return;
  auto table = arrow::Table::FromRecordBatches(
      {std::const_pointer_cast<arrow::RecordBatch>(batch.Slice(0))});
  CheckArrow(table.status());
  auto whole = AsPhysical(**table)->CombineChunksToBatch();
  CheckArrow(whole.status());

  auto chunk = duckdb::make_uniq<duckdb::ArrowArrayWrapper>();
  duckdb::ArrowSchemaWrapper schema;
  CheckArrow(arrow::ExportRecordBatch(**whole, &chunk->arrow_array, &schema.arrow_schema));
  arrow_schema_ = duckdb::ArrowTableSchema();
  duckdb::ArrowTableFunction::PopulateArrowTableSchema(context_, arrow_schema_,
                                                       schema.arrow_schema);
  for (size_t i = 0; i < schema_.size(); ++i) {
    const duckdb::LogicalType& type = arrow_schema_.GetTypes()[i];
    if (type != PhysicalType(schema_[i].type)) {
      throw errors::Internal("a Python function's column came as " + type.ToString());
    }
  }
  state_ = duckdb::make_uniq<duckdb::ArrowScanLocalState>(std::move(chunk), context_);
}

void RowDecoder::Read(duckdb::DataChunk& chunk, duckdb::idx_t first, duckdb::idx_t rows) {
  rows_left_ -= static_cast<int64_t>(rows);
  if (schema_.empty()) return;
  duckdb::DataChunk columns;
  duckdb::vector<duckdb::LogicalType> types;
  for (const StructField& field : schema_) types.push_back(PhysicalType(field.type));
  columns.Initialize(context_, types);
  columns.SetCardinalityUnsafe(rows);
  for (auto& state : state_->array_states) state.second->Reset();
  duckdb::ArrowTableFunction::ArrowToDuckDB(*state_, arrow_schema_.GetColumns(), columns);
  for (duckdb::idx_t i = 0; i < columns.ColumnCount(); ++i) {
    chunk.data[first + i].Reference(columns.data[i]);
  }
  state_->chunk_offset += rows;
}

}  // namespace pyrite::lower
