#include "lower/python/kept_rows.h"

#include "base/errors.h"

namespace pyrite::lower {

using duckdb::idx_t;

void KeptRows::Add(duckdb::DataChunk& chunk, idx_t from, idx_t to) {
  auto rows = duckdb::make_uniq<duckdb::DataChunk>();
  duckdb::vector<duckdb::LogicalType> types;
  for (size_t i = 0; i < columns_; ++i) types.push_back(chunk.data[i].GetType());
  rows->Initialize(context_, types, to - from);
  for (size_t i = 0; i < columns_; ++i) {
    duckdb::VectorOperations::Copy(chunk.data[i], rows->data[i], to, from, 0);
  }
  rows->SetChildCardinality(to - from);
  chunks_.push_back(std::move(rows));
}

idx_t KeptRows::Available(idx_t rows) const {
  if (chunks_.empty()) throw errors::Internal("a Python function made more values than rows");
  return std::min(rows, chunks_.front()->size() - taken_);
}

void KeptRows::Take(duckdb::DataChunk& output, idx_t rows) {
  for (size_t i = 0; i < columns_; ++i) {
    output.data[i].Slice(chunks_.front()->data[i], taken_, taken_ + rows);
  }
  Drop(rows);
}

void KeptRows::Drop(idx_t rows) {
  taken_ += rows;
  if (taken_ < chunks_.front()->size()) return;
  chunks_.pop_front();
  taken_ = 0;
}

void KeptRows::Advance() {
  if (chunks_.empty()) return;
  current_.clear();
  for (size_t i = 0; i < columns_; ++i) {
    current_.push_back(chunks_.front()->GetValue(i, taken_));
  }
  Drop(1);
}

void KeptRows::Repeat(duckdb::DataChunk& output, idx_t rows) {
  if (current_.empty()) throw errors::Internal("a Python function made rows of no row");
  for (size_t i = 0; i < columns_; ++i) {
    output.data[i].Reference(current_[i], duckdb::count_t(rows));
  }
}

}  // namespace pyrite::lower
