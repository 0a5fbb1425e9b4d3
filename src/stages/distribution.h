// Which rows each task of a fragment has at some operator.
#pragma once

#include <vector>

#include "duckdb/planner/column_binding.hpp"

namespace pyrite::stages {

struct Distribution {
  enum class Kind : uint8_t {
    kSingle,  // one task has all rows
    kSplit,   // each task has some of them
    kHash,    // each task has those whose hash of `keys` falls to it
  } kind = Kind::kSingle;
  std::vector<duckdb::ColumnBinding> keys;
  // One task has all rows, and any number of tasks may make them again, alike and cheaply.
  bool repeatable = false;
  // The rows come from an operator further up, so that no boundary may stand between.
  bool pinned = false;
  // Something below is only at the coordinator.
  bool at_coordinator = false;

  bool IsSingle() const { return kind == Kind::kSingle; }
};

}  // namespace pyrite::stages
