// How many bytes each row of a chunk takes in an Arrow batch, so that batches can be cut before
// they grow too large.
#pragma once

#include "duckdb.hpp"

namespace pyrite::engine {

class RowBytes {
 public:
  explicit RowBytes(const duckdb::vector<duckdb::LogicalType>& types);

  // How many rows of `chunk` from `from` on fit into `room` bytes, and the bytes that they take.
  // Load comes first, once a chunk.
  void Load(const duckdb::DataChunk& chunk);
  struct Fit {
    duckdb::idx_t rows = 0;
    duckdb::idx_t bytes = 0;
  };
  Fit Take(duckdb::idx_t from, duckdb::idx_t room) const;
  duckdb::idx_t BytesOf(duckdb::idx_t row) const {
    return fixed_ + (varying_.empty() ? 0 : sizes_[row]);
  }

 private:
  duckdb::idx_t fixed_ = 0;                // bytes a row of the columns of fixed width
  duckdb::vector<duckdb::idx_t> varying_;  // the other columns
  duckdb::idx_t rows_ = 0;
  duckdb::vector<duckdb::idx_t> sizes_;  // a row's bytes in the varying columns
};

}  // namespace pyrite::engine
