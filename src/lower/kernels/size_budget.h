// A bound on what a kernel makes out of numbers in its arguments: repeat('a', 2000000000). The
// engine would see such a value only once it is there.
//
//   SizeBudget budget(state);
//   budget.Take(text.size() * times);
//
// One for each call of a kernel; not thread-safe.
#pragma once

#include <string>

#include "base/value.h"
#include "duckdb/common/exception.hpp"
#include "duckdb/execution/expression_executor_state.hpp"
#include "duckdb/storage/buffer_manager.hpp"
#include "lower/kernels/error.h"

namespace pyrite::lower {

// What Java's largest array holds, and so Spark's largest array, map and string.
inline constexpr int64_t kMostElements = 2147483632;

class SizeBudget {
 public:
  explicit SizeBudget(duckdb::ExpressionState& state)
      : left_(static_cast<int64_t>(
            duckdb::BufferManager::GetBufferManager(state.GetContext()).GetMaxMemory())) {}

  // Out of memory when the values so far take more than the engine may have.
  void Take(Int128 bytes) {
    if (bytes > left_) {
      throw duckdb::OutOfMemoryException("a function makes values of " + DecimalToString(bytes, 0) +
                                         " more bytes than the memory limit leaves");
    }
    left_ -= static_cast<int64_t>(bytes);
  }

  // The same for one text, which has a limit of its own.
  void TakeText(Int128 bytes) {
    if (bytes > kMostElements) {
      throw duckdb::OutOfMemoryException("a function makes a text of " + DecimalToString(bytes, 0) +
                                         " bytes: at most " + std::to_string(kMostElements) +
                                         " are possible");
    }
    Take(bytes);
  }

 private:
  int64_t left_;
};

// COLLECTION_SIZE_LIMIT_EXCEEDED.PARAMETER when the call would make too many elements.
inline void CheckElementCount(Int128 count, const char* function, const char* parameter) {
  if (count <= kMostElements) return;
  ThrowSpark("COLLECTION_SIZE_LIMIT_EXCEEDED.PARAMETER",
             {{"numberOfElements", DecimalToString(count, 0)},
              {"functionName", "`" + std::string(function) + "`"},
              {"maxRoundedArrayLength", std::to_string(kMostElements)},
              {"parameter", "`" + std::string(parameter) + "`"}});
}

}  // namespace pyrite::lower
