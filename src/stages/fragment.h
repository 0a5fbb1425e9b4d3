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
  struct Scan {
    duckdb::LogicalGet* get;
    std::vector<ScanSlice> slices;  // by task
    bool is_cut;                    // otherwise they are all the same
  };
  // `scans`: all in it that are cut, or read Parquet.
  Fragment(duckdb::unique_ptr<duckdb::LogicalOperator> plan, std::vector<Scan> scans);
  ~Fragment();

  // The plan of one task. Raises when a function or a source in it cannot travel.
  std::string Serialize(int task) const;

  const duckdb::LogicalOperator& plan() const { return *plan_; }
  // How a scan of the plan is cut: ", 4 slices, ranges of id"; empty when it is not.
  std::string SlicesText(const duckdb::LogicalOperator& op) const;
  const duckdb::vector<duckdb::LogicalType>& types() const { return plan_->types; }
  // The plan itself, for the process that made it; the fragment is empty afterwards.
  duckdb::unique_ptr<duckdb::LogicalOperator> Take() const;

 private:
  mutable std::mutex mutex_;
  mutable duckdb::unique_ptr<duckdb::LogicalOperator> plan_;
  const std::vector<Scan> scans_;
};

// The reverse of Serialize. In a transaction of `context`.
duckdb::unique_ptr<duckdb::LogicalOperator> DeserializePlan(duckdb::ClientContext& context,
                                                            const std::string& bytes);

}  // namespace pyrite::stages
