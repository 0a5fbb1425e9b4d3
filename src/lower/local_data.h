// Arrow tables of this process as DuckDB tables, without a copy.
#pragma once

#include <memory>

#include "duckdb/function/table/arrow.hpp"

namespace arrow {
class DataType;
class Table;
}  // namespace arrow

namespace pyrite::lower {

// The table with every column in the Arrow type that DuckDB reads as Spark's physical type:
// intervals as the numbers they are, VOID as integers.
std::shared_ptr<const arrow::Table> AsPhysical(const arrow::Table& table);

class ArrowTableFactory : public duckdb::ArrowScanFactory {
 public:
  explicit ArrowTableFactory(std::shared_ptr<const arrow::Table> table)
      : table_(std::move(table)) {}

  void GetSchema(ArrowSchema& schema) override;
  duckdb::unique_ptr<duckdb::ArrowArrayStreamWrapper> ProduceStream(
      duckdb::ArrowStreamParameters& parameters) override;

 private:
  std::shared_ptr<const arrow::Table> table_;
};

}  // namespace pyrite::lower
