// Rows that stay here while their arguments are with a worker: the first columns of the chunks that
// went, until what the worker makes of them comes.
#pragma once

#include <deque>

#include "duckdb.hpp"

namespace pyrite::lower {

class KeptRows {
 public:
  KeptRows(duckdb::ClientContext& context, size_t columns) : context_(context), columns_(columns) {}

  void Add(duckdb::DataChunk& chunk, duckdb::idx_t from, duckdb::idx_t to);
  // How many of `rows` can be taken at once.
  duckdb::idx_t Available(duckdb::idx_t rows) const;
  // The next rows, into the first columns.
  void Take(duckdb::DataChunk& output, duckdb::idx_t rows);

  // The next row becomes the current one; after the last it stays.
  void Advance();
  // The current row, `rows` times.
  void Repeat(duckdb::DataChunk& output, duckdb::idx_t rows);

 private:
  void Drop(duckdb::idx_t rows);

  duckdb::ClientContext& context_;
  const size_t columns_;
  std::deque<duckdb::unique_ptr<duckdb::DataChunk>> chunks_;
  duckdb::idx_t taken_ = 0;  // rows of the first chunk
  std::vector<duckdb::Value> current_;
};

}  // namespace pyrite::lower
