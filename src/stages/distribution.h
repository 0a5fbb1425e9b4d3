// Which rows each task of a fragment has at some operator.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "duckdb/planner/operator/logical_get.hpp"

namespace pyrite::stages {

// Whether columns of this type have ranges.
bool HasRanges(const duckdb::LogicalType& type);

// A value that rows are distributed by, and the columns that have it.
struct Key {
  duckdb::LogicalType type;
  std::vector<duckdb::ColumnBinding> same;    // the value itself
  std::vector<duckdb::ColumnBinding> images;  // another value of it, one to one
  std::vector<duckdb::ColumnBinding> casts;   // the number it is, as another type that has ranges

  bool empty() const { return same.empty() && images.empty() && casts.empty(); }
  bool Is(const duckdb::ColumnBinding& column) const;
  bool HasImage(const duckdb::ColumnBinding& column) const;
  bool HasCast(const duckdb::ColumnBinding& column) const;
  // The columns of a key that is equal.
  void Add(const Key& other);
};

// A column that has the values of another one.
struct Carried {
  enum class As : uint8_t {
    kIs,          // as they are
    kCastOf,      // as integers of another `type`
    kImageOf,     // one to one
    kPreimageOf,  // those of which the other's are images
  };
  duckdb::ColumnBinding from;
  duckdb::ColumnBinding to;
  As as = As::kIs;
  duckdb::LogicalType type;
};

// Where one task's values end and the next one's begin: task i has those from [i - 1] to [i].
using Bounds = std::shared_ptr<const std::vector<int64_t>>;

// A Parquet scan that could be cut by ranges of one of its columns instead of by bytes.
struct Choice {
  Key key;
  duckdb::LogicalGet* scan = nullptr;
  duckdb::ProjectionIndex column;
};

struct Distribution {
  enum class Kind : uint8_t {
    kSingle,  // one task has all rows
    kSplit,   // each task has some of them
    kHash,    // each task has those whose hash of `keys` falls to it
    kRange,   // each task has those whose one key lies between its bounds
  } kind = Kind::kSingle;
  std::vector<Key> keys;
  Bounds bounds;
  // Of the scan whose rows these are, while that is still open.
  std::vector<Choice> choices;
  // One task has all rows, and any number of tasks may make them again, alike and cheaply.
  bool repeatable = false;
  // The rows come from an operator further up, so that no boundary may stand between.
  bool pinned = false;
  // Something below is only at the coordinator.
  bool at_coordinator = false;

  bool IsSingle() const { return kind == Kind::kSingle; }
  // Whether equal keys are in one task.
  bool IsByKeys() const { return kind == Kind::kHash || kind == Kind::kRange; }
  // The rows as they are, but nothing known about where equal ones are.
  void Forget();
};

// By the columns of the operator above; what none of them carries is forgotten.
Key CarriedBy(const Key& key, const std::vector<Carried>& columns);
Distribution CarriedBy(Distribution rows, const std::vector<Carried>& columns);

}  // namespace pyrite::stages
