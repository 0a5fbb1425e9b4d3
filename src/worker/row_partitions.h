// To which partition each row of a task's output goes.
#pragma once

#include <vector>

#include "duckdb.hpp"
#include "stages/stage_graph.h"

namespace pyrite::worker {

// For one thread.
class RowPartitions {
 public:
  explicit RowPartitions(const stages::Partitioning& output) : output_(output) {}

  // By row; valid until the next call.
  const std::vector<uint32_t>& Of(duckdb::DataChunk& chunk);

 private:
  void ByHash(duckdb::DataChunk& chunk);
  void ByRange(duckdb::DataChunk& chunk);
  template <typename T>
  void ByRangeOf(const duckdb::UnifiedVectorFormat& column);

  const stages::Partitioning output_;
  duckdb::Vector hashes_{duckdb::LogicalType::HASH};
  std::vector<uint32_t> partitions_;
  uint32_t next_ = 0;  // when they are dealt evenly
};

}  // namespace pyrite::worker
