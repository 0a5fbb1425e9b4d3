// Calls from DuckDB into sources/, whose errors reach the engine's adapter through DuckDB's.
#pragma once

#include "base/error.h"
#include "lower/kernels/error.h"

namespace pyrite::lower {

template <typename Work>
auto Guarded(Work work) {
  try {
    return work();
  } catch (const SparkError& error) {
    if (error.condition().empty()) ThrowJava(error.java_class(), error.message());
    ThrowSpark(error.condition(), error.parameters());
  }
}

}  // namespace pyrite::lower
