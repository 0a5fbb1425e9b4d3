// Rows that are kept for later queries.
#pragma once

#include "duckdb/common/types/column/column_data_collection.hpp"
#include "lower/ast.h"
#include "plan/stored_rows.h"

namespace pyrite::lower {

class ReadableRows : public plan::StoredRows::Kept {
 public:
  // A table of them, with these names for its columns.
  virtual AstTable Table(duckdb::vector<duckdb::Identifier> names) const = 0;
};

// Those in DuckDB's buffers: within the memory limit, and spilled beyond it.
class KeptRows : public ReadableRows {
 public:
  explicit KeptRows(duckdb::shared_ptr<duckdb::ColumnDataCollection> rows)
      : rows_(std::move(rows)) {}

  int64_t rows() const override { return static_cast<int64_t>(rows_->Count()); }
  AstTable Table(duckdb::vector<duckdb::Identifier> names) const override;

 private:
  duckdb::shared_ptr<duckdb::ColumnDataCollection> rows_;
};

}  // namespace pyrite::lower
