// What one stage does: DuckDB's optimized plan from its boundary down to the boundaries of its
// inputs. It travels as bytes, one text for each task, since each scans another slice.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "duckdb/planner/logical_operator.hpp"
#include "stages/scan_slices.h"

namespace pyrite::stages {

// Thread-safe.
class Fragment {
 public:
  // `tasks`: in how many slices its Parquet scans are cut that are in `sliced`; each task makes all
  // of the others.
  Fragment(duckdb::unique_ptr<duckdb::LogicalOperator> plan,
           const std::vector<duckdb::LogicalGet*>& sliced, int tasks);
  ~Fragment();

  // The plan of one task. Raises when a function or a source in it cannot travel.
  std::string Serialize(int task) const;

  const duckdb::LogicalOperator& plan() const { return *plan_; }
  const duckdb::vector<duckdb::LogicalType>& types() const { return plan_->types; }
  // The plan itself, for the process that made it; the fragment is empty afterwards.
  duckdb::unique_ptr<duckdb::LogicalOperator> Take() const;

 private:
  struct Scan {
    duckdb::LogicalGet* get;
    std::vector<ScanSlice> slices;
  };
  mutable std::mutex mutex_;
  mutable duckdb::unique_ptr<duckdb::LogicalOperator> plan_;
  std::vector<Scan> scans_;
};

// The reverse of Serialize. In a transaction of `context`.
duckdb::unique_ptr<duckdb::LogicalOperator> DeserializePlan(duckdb::ClientContext& context,
                                                            const std::string& bytes);

}  // namespace pyrite::stages
