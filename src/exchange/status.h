// SparkErrors on their way through Arrow's interfaces, which know no exceptions.
//
//   arrow::Status ReadNext(...) override { return Guarded([&] { ... may throw ... }); }
//   Check(reader->ReadNext(&batch));  // raises the SparkError that was thrown there
#pragma once

#include <arrow/result.h>
#include <arrow/status.h>

#include <exception>
#include <utility>

#include "base/error.h"

namespace pyrite::exchange {

arrow::Status ToStatus(const SparkError& error);

// Raises the SparkError that `status` carries; INTERNAL_ERROR for any other failure.
void Check(const arrow::Status& status);

template <typename T>
T Check(arrow::Result<T> result) {
  Check(result.status());
  return std::move(result).MoveValueUnsafe();
}

// The SparkError for whatever is being handled in a catch block.
SparkError CurrentError();

template <typename Function>
arrow::Status Guarded(Function function) {
  try {
    function();
    return arrow::Status::OK();
  } catch (...) {
    return ToStatus(CurrentError());
  }
}

}  // namespace pyrite::exchange
