// Rows kept in DuckDB's buffers: within the memory limit, and spilled beyond it.
#pragma once

#include "duckdb/common/types/column/column_data_collection.hpp"
#include "plan/stored_rows.h"

namespace pyrite::lower {

class KeptRows : public plan::StoredRows::Kept {
 public:
  explicit KeptRows(duckdb::shared_ptr<duckdb::ColumnDataCollection> rows)
      : rows_(std::move(rows)) {}

  int64_t rows() const override { return static_cast<int64_t>(rows_->Count()); }
  const duckdb::shared_ptr<duckdb::ColumnDataCollection>& collection() const { return rows_; }

 private:
  duckdb::shared_ptr<duckdb::ColumnDataCollection> rows_;
};

}  // namespace pyrite::lower
