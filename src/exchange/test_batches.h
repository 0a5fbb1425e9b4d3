// Batches for the tests of this folder.
#pragma once

#include <arrow/api.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "exchange/status.h"

namespace pyrite::exchange {

inline std::shared_ptr<arrow::Schema> NumberSchema() {
  return arrow::schema({arrow::field("number", arrow::int64())});
}

// The numbers [from, to).
inline std::shared_ptr<arrow::RecordBatch> Numbers(int64_t from, int64_t to) {
  arrow::Int64Builder builder;
  for (int64_t number = from; number < to; ++number) Check(builder.Append(number));
  return arrow::RecordBatch::Make(NumberSchema(), to - from, {Check(builder.Finish())});
}

inline arrow::RecordBatchVector ReadAll(arrow::RecordBatchReader* reader) {
  arrow::RecordBatchVector batches;
  while (true) {
    std::shared_ptr<arrow::RecordBatch> batch;
    Check(reader->ReadNext(&batch));
    if (batch == nullptr) return batches;
    Check(batch->ValidateFull());
    batches.push_back(std::move(batch));
  }
}

inline std::vector<int64_t> ReadNumbers(arrow::RecordBatchReader* reader) {
  std::vector<int64_t> numbers;
  for (const auto& batch : ReadAll(reader)) {
    const auto& column = static_cast<const arrow::Int64Array&>(*batch->column(0));
    for (int64_t row = 0; row < column.length(); ++row) numbers.push_back(column.Value(row));
  }
  return numbers;
}

inline std::vector<int64_t> Range(int64_t from, int64_t to) {
  std::vector<int64_t> numbers;
  for (int64_t number = from; number < to; ++number) numbers.push_back(number);
  return numbers;
}

// Raised by `function`; one of no condition when it raises nothing.
template <typename Function>
SparkError ErrorOf(Function function) {
  try {
    function();
  } catch (const SparkError& error) {
    return error;
  }
  return SparkError("", "", "", "no error");
}

}  // namespace pyrite::exchange
