#include "worker/row_partitions.h"

#include <algorithm>

#include "base/errors.h"
#include "duckdb/common/vector_operations/vector_operations.hpp"

namespace pyrite::worker {
namespace {

using duckdb::idx_t;
using stages::Partitioning;

// The high bits: DuckDB's own hash tables take the low ones, and each partition has to fill those.
uint32_t PartitionOf(duckdb::hash_t hash, int count) {
  return static_cast<uint32_t>((static_cast<unsigned __int128>(hash) * count) >> 64);
}

}  // namespace

const std::vector<uint32_t>& RowPartitions::Of(duckdb::DataChunk& chunk) {
  partitions_.resize(chunk.size());
  switch (output_.kind) {
    case Partitioning::Kind::kOne: std::fill(partitions_.begin(), partitions_.end(), 0); break;
    case Partitioning::Kind::kHash: ByHash(chunk); break;
    case Partitioning::Kind::kRange: ByRange(chunk); break;
    case Partitioning::Kind::kRoundRobin:
      for (uint32_t& partition : partitions_) {
        partition = next_;
        next_ = (next_ + 1) % static_cast<uint32_t>(output_.count);
      }
      break;
  }
  return partitions_;
}

void RowPartitions::ByHash(duckdb::DataChunk& chunk) {
  duckdb::VectorOperations::Hash(chunk.data[output_.keys[0]], hashes_, chunk.size());
  for (size_t i = 1; i < output_.keys.size(); ++i) {
    duckdb::VectorOperations::CombineHash(hashes_, chunk.data[output_.keys[i]], chunk.size());
  }
  hashes_.Flatten();
  const auto* hashes = duckdb::FlatVector::GetData<duckdb::hash_t>(hashes_);
  for (idx_t row = 0; row < chunk.size(); ++row) {
    partitions_[row] = PartitionOf(hashes[row], output_.count);
  }
}

void RowPartitions::ByRange(duckdb::DataChunk& chunk) {
  duckdb::Vector& keys = chunk.data[output_.keys[0]];
  duckdb::UnifiedVectorFormat column;
  keys.ToUnifiedFormat(column);
  switch (keys.GetType().InternalType()) {
    case duckdb::PhysicalType::INT8: return ByRangeOf<int8_t>(column);
    case duckdb::PhysicalType::INT16: return ByRangeOf<int16_t>(column);
    case duckdb::PhysicalType::INT32: return ByRangeOf<int32_t>(column);
    case duckdb::PhysicalType::INT64: return ByRangeOf<int64_t>(column);
    default: throw errors::Internal("no ranges of " + keys.GetType().ToString());
  }
}

// Rows without a value go to the first: they are equal to none that is where its range is.
template <typename T>
void RowPartitions::ByRangeOf(const duckdb::UnifiedVectorFormat& column) {
  const auto* values = duckdb::UnifiedVectorFormat::GetData<T>(column);
  const auto& bounds = output_.bounds;
  for (size_t row = 0; row < partitions_.size(); ++row) {
    idx_t at = column.sel->get_index(row);
    if (!column.validity.RowIsValid(at)) {
      partitions_[row] = 0;
      continue;
    }
    auto end = std::upper_bound(bounds.begin(), bounds.end(), static_cast<int64_t>(values[at]));
    partitions_[row] = static_cast<uint32_t>(end - bounds.begin());
  }
}

}  // namespace pyrite::worker
